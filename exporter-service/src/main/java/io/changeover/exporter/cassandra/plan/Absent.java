package io.changeover.exporter.cassandra.plan;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;

/// A column of the source that the target has not, though it has the table.
public record Absent(Table table, Column column) {

  /// Why nothing may be copied while the column has values.
  ///
  /// @param source keyspace, or what else has them
  /// @param target keyspace
  public Problem problem(String source, String target) {
    String name = table.name() + "." + column.name();
    return new Problem(
        "The column %s of table %s has values in %s, but %s has no such column"
            .formatted(column.name(), table.name(), source, target),
        "every column with values on both sides",
        "bootstrap green with the version or plugin that makes the column, or give it up by naming `%s` under `copy: leave` in the inventory"
            .formatted(name));
  }
}
