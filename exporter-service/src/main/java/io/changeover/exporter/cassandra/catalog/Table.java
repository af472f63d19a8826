package io.changeover.exporter.cassandra.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One table.
///
/// @param id given when the table was made: another one after a drop and a new start
/// @param columns partition key, clustering key, then the others by name
/// @param defaultTtl seconds that a row lives where the write does not say; 0 for ever
public record Table(String name, UUID id, List<Column> columns, int defaultTtl) {

  public Table {
    columns =
        columns.stream()
            .sorted(
                Comparator.comparing(Column::role)
                    .thenComparingInt(Column::position)
                    .thenComparing(Column::name))
            .toList();
  }

  /// The column of that name.
  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /// The partition key.
  public List<Column> partitionKey() {
    return of(Column.Role.PARTITION);
  }

  /// The clustering key.
  public List<Column> clustering() {
    return of(Column.Role.CLUSTERING);
  }

  /// The primary key: partition key, then clustering key.
  public List<Column> key() {
    return columns.stream().filter(Column::isKey).toList();
  }

  /// Whether it counts.
  public boolean isCounter() {
    return columns.stream().anyMatch(Column::isCounter);
  }

  /// Whether rows share columns of their partition.
  public boolean hasStatic() {
    return !of(Column.Role.STATIC).isEmpty();
  }

  /// Whether all its rows lie in one partition, as Kong lays out services, routes, snis and
  /// certificates: a column `partition` and a UUID below it.
  public boolean isSinglePartition() {
    List<Column> partition = partitionKey();
    List<Column> clustering = clustering();
    return partition.size() == 1
        && partition.getFirst().name().equals("partition")
        && clustering.size() == 1
        && clustering.getFirst().type().equals("uuid")
        && !clustering.getFirst().descending();
  }

  private List<Column> of(Column.Role role) {
    return columns.stream().filter(column -> column.role() == role).toList();
  }
}
