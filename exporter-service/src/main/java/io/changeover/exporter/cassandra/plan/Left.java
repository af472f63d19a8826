package io.changeover.exporter.cassandra.plan;

/// A table, or a column as `table.column`, that does not move.
///
/// @param reason in a few words
public record Left(String name, String reason) {

  /// As the fact `copy.left` has it.
  @Override
  public String toString() {
    return name + ":" + reason;
  }
}
