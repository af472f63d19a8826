package io.changeover.sandbox.kong;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of `schema_meta`.
public record SchemaRow(
    String subsystem, @Nullable String lastExecuted, List<String> executed, List<String> pending) {
  /// The row of that subsystem, or one in which nothing ever happened.
  static SchemaRow find(List<SchemaRow> rows, String subsystem) {
    for (SchemaRow row : rows) {
      if (row.subsystem().equals(subsystem)) {
        return row;
      }
    }
    return new SchemaRow(subsystem, null, List.of(), List.of());
  }
}
