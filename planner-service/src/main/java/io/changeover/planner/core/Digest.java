package io.changeover.planner.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// A configuration in short.
///
/// @param config over all of it, empty while nobody has looked
/// @param tables `name=digest` by table, joined by commas; empty where it was not said
public record Digest(String config, String tables) {
  static final Digest NONE = new Digest("", "");

  static Digest of(Map<String, String> facts) {
    return new Digest(
        facts.getOrDefault("digest.config", ""), facts.getOrDefault("digest.tables", ""));
  }

  /// The tables in which the two differ, by name; empty when that was not said.
  List<String> tablesChangedSince(Digest before) {
    if (tables.isEmpty() || before.tables.isEmpty()) {
      return List.of();
    }
    Map<String, String> now = byTable();
    Map<String, String> then = before.byTable();
    TreeSet<String> names = new TreeSet<>(now.keySet());
    names.addAll(then.keySet());
    names.removeIf(name -> Objects.equals(now.get(name), then.get(name)));
    return List.copyOf(names);
  }

  private Map<String, String> byTable() {
    Map<String, String> byTable = new HashMap<>();
    for (String entry : tables.split(",", -1)) {
      int equals = entry.indexOf('=');
      String name = equals < 0 ? entry : entry.substring(0, equals);
      byTable.put(name.strip(), equals < 0 ? "" : entry.substring(equals + 1).strip());
    }
    return byTable;
  }
}
