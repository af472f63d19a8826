package io.changeover.exporter.cassandra.catalog;

import java.util.regex.Pattern;

/// One column.
///
/// @param name as Cassandra stores it: case counts
/// @param type as `system_schema.columns` writes it: `set<text>`, `frozen<list<int>>`
/// @param position of a key column among those of its role; -1 for others
/// @param descending whether a clustering column sorts backwards
public record Column(String name, String type, Role role, int position, boolean descending) {

  /// Types whose values are one cell; what else is not frozen is a collection or a type of the
  /// keyspace's own.
  private static final Pattern SINGLE_CELL =
      Pattern.compile(
          "frozen<.*|vector<.*|'.*|ascii|bigint|blob|boolean|counter|date|decimal|double|duration|float|inet|int|smallint|text|time|timestamp|timeuuid|tinyint|uuid|varchar|varint");

  /// What a column is to its table.
  public enum Role {
    PARTITION,
    CLUSTERING,
    STATIC,
    REGULAR;

    static Role of(String kind) {
      return switch (kind) {
        case "partition_key" -> PARTITION;
        case "clustering" -> CLUSTERING;
        case "static" -> STATIC;
        default -> REGULAR;
      };
    }
  }

  /// Whether it belongs to the primary key.
  public boolean isKey() {
    return role == Role.PARTITION || role == Role.CLUSTERING;
  }

  /// Whether its elements are cells of their own, so that servers before 5.0 tell neither write
  /// time nor time to live.
  public boolean isMultiCell() {
    return !SINGLE_CELL.matcher(type).matches();
  }

  /// Whether it counts: such columns take increments only.
  public boolean isCounter() {
    return type.equals("counter");
  }

  /// The name as CQL takes it.
  public String quoted() {
    return Names.quoted(name);
  }
}
