package io.changeover.exporter.catalog;

import java.util.List;

/// One table.
///
/// @param name not quoted
/// @param columns in their order
public record TableShape(String name, List<Column> columns) {

  /// One column.
  ///
  /// @param type as PostgreSQL writes it: `timestamp with time zone`, `text[]`
  /// @param definition what stands in `CREATE TABLE`
  public record Column(String name, String type, String definition) {}
}
