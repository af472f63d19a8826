package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a binary sees when it compares the migrations it knows with what the store has recorded.
/// Each map goes from subsystem to names, in the binary's order, without empty entries. What the
/// store has and the binary does not know is not in here: Kong ignores it.
///
/// @param needsBootstrap the store has no bookkeeping at all
/// @param fresh neither executed nor pending; `up` would run them
public record SchemaState(
    boolean needsBootstrap,
    Map<String, List<String>> executed,
    Map<String, List<String>> pending,
    Map<String, List<String>> fresh) {

  /// A store without bookkeeping: everything the binary knows is to be run.
  static SchemaState unbootstrapped(List<Subsystem> known) {
    return new SchemaState(true, Map.of(), Map.of(), compare(known, List.of()).fresh());
  }

  /// A store that keeps no schema (`database = off`) counts as fully migrated.
  static SchemaState allExecuted(List<Subsystem> known) {
    Map<String, List<String>> executed = new LinkedHashMap<>();
    for (Subsystem subsystem : known) {
      executed.put(subsystem.name(), subsystem.migrations().stream().map(Migration::name).toList());
    }
    return new SchemaState(false, executed, Map.of(), Map.of());
  }

  /// As observed, a hole before the last executed migration is new, too.
  static SchemaState compare(List<Subsystem> known, List<SchemaRow> recorded) {
    Map<String, List<String>> executed = new LinkedHashMap<>();
    Map<String, List<String>> pending = new LinkedHashMap<>();
    Map<String, List<String>> fresh = new LinkedHashMap<>();
    for (Subsystem subsystem : known) {
      SchemaRow row = SchemaRow.find(recorded, subsystem.name());
      for (Migration migration : subsystem.migrations()) {
        String name = migration.name();
        Map<String, List<String>> kind =
            row.executed().contains(name)
                ? executed
                : row.pending().contains(name) ? pending : fresh;
        kind.computeIfAbsent(subsystem.name(), ignored -> new ArrayList<>()).add(name);
      }
    }
    return new SchemaState(false, executed, pending, fresh);
  }

  public boolean hasPending() {
    return !pending.isEmpty();
  }

  public boolean hasNew() {
    return !fresh.isEmpty();
  }
}
