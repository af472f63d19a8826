package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A store in memory; a table has the columns that its first row has.
final class Tables implements Content<RuntimeException> {

  private final Map<String, List<JsonNode>> rows = new HashMap<>();

  /// @param json of a row, with `'` for `"`
  void add(String table, String json) {
    rows.computeIfAbsent(table, _ -> new ArrayList<>()).add(Json.read(json.replace('\'', '"')));
  }

  void clear() {
    rows.clear();
  }

  @Override
  public boolean has(String table, String column) {
    return rows.containsKey(table) && rows.get(table).getFirst().has(column);
  }

  @Override
  public boolean any(String table) {
    return rows.containsKey(table);
  }

  @Override
  public List<JsonNode> rows(String table, List<String> columns, Predicate<JsonNode> wanted) {
    return rows.getOrDefault(table, List.of()).stream().filter(wanted).toList();
  }
}
