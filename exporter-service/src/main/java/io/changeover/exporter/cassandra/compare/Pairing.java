package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.StoredRow;
import org.jspecify.annotations.Nullable;

/// Walks over both sides of a slice at once and pairs the rows by their keys, with one row of each
/// in hand.
final class Pairing {

  /// What becomes of rows.
  interface Sink {
    /// A row of the source that does not move.
    void stays(StoredRow source) throws InterruptedException;

    /// Both sides have the key.
    void both(StoredRow source, StoredRow target) throws InterruptedException;

    /// Only the source has it.
    void onlySource(StoredRow source) throws InterruptedException;

    /// Only the target has it.
    void onlyTarget(StoredRow target) throws InterruptedException;
  }

  /// Which rows of the source move.
  @FunctionalInterface
  interface Moves {
    boolean test(StoredRow row);
  }

  private final PlannedTable table;
  private final KeyOrder order;
  private final Moves moves;
  private final Sink sink;

  Pairing(PlannedTable table, KeyOrder order, Moves moves, Sink sink) {
    this.table = table;
    this.order = order;
    this.moves = moves;
    this.sink = sink;
  }

  void run(RowCursor source, RowCursor target) throws InterruptedException {
    StoredRow left = nextMoving(source, null);
    StoredRow right = target.next();
    while (left != null || right != null) {
      int side = left == null ? 1 : right == null ? -1 : order.compare(left, right);
      if (side == 0 && left != null && right != null) {
        sink.both(left, right);
      } else if (side < 0 && left != null) {
        sink.onlySource(left);
      } else if (right != null) {
        sink.onlyTarget(right);
      }
      left = side <= 0 ? nextMoving(source, left) : left;
      right = side >= 0 ? next(target, right) : right;
    }
  }

  private @Nullable StoredRow nextMoving(RowCursor source, @Nullable StoredRow before)
      throws InterruptedException {
    StoredRow last = before;
    for (StoredRow row = next(source, last); row != null; row = next(source, last)) {
      if (moves.test(row)) {
        return row;
      }
      sink.stays(row);
      last = row;
    }
    return null;
  }

  private @Nullable StoredRow next(RowCursor cursor, @Nullable StoredRow before)
      throws InterruptedException {
    StoredRow row = cursor.next();
    if (row != null && before != null && order.compare(before, row) >= 0) {
      throw new IllegalStateException(
          "Expected the rows of %s in Cassandra's order, but they come in another"
              .formatted(table.name()));
    }
    return row;
  }
}
