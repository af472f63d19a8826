package io.changeover.exporter.cassandra.plan;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;
import java.util.List;
import java.util.Optional;

/// A table that moves.
///
/// @param columns those of both sides, key first, as [Table] orders them
public record PlannedTable(Table source, Table target, List<Column> columns) {
  public PlannedTable {
    columns = List.copyOf(columns);
  }

  /// Its name, the same on both sides.
  public String name() {
    return source.name();
  }

  /// How many of the columns are the primary key's.
  public int keySize() {
    return source.key().size();
  }

  /// Where a column stands among [#columns].
  public Optional<Integer> index(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
