package io.changeover.exporter.cassandra.compare;

import java.util.List;

/// One row that is not the same on both sides.
///
/// @param row the table and the ids in its key
/// @param columns what differs, without values that may be secret; empty where a side has no such
///   row
public record Difference(Kind kind, String row, List<String> columns) {
  public Difference {
    columns = List.copyOf(columns);
  }

  /// Which side has it.
  public enum Kind {
    /// Only the source: the copy lacks it.
    MISSING("-"),
    /// Only the target: nobody copied it, or the source has deleted it.
    EXTRA("+"),
    /// Both, and they differ.
    CHANGED("~");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  /// As a line of a diff.
  @Override
  public String toString() {
    return kind.sign + " " + row + (columns.isEmpty() ? "" : " " + String.join(", ", columns));
  }
}
