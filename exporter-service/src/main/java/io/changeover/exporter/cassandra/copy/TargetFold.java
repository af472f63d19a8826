package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.RateLimit;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.Slice;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CopyPolicy.WeightZero;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which rows of `targets` move. Kong 2.1 keeps every version of a target as a row and goes by the
/// newest of (upstream, target): the largest `created_at`, and of those the largest id. Kong 2.2
/// takes one row only.
public final class TargetFold {

  private static final List<String> COLUMNS =
      List.of("id", "upstream_id", "target", "created_at", "weight");

  private record Key(UUID upstream, String target) {}

  private record Version(long createdAt, UUID id, int weight) {
    /// Kong sorts by time, then by the id's text.
    static final Comparator<Version> ORDER =
        Comparator.comparingLong(Version::createdAt)
            .thenComparing(version -> version.id().toString());
  }

  private final Map<Key, Version> newest = new HashMap<>();
  private final WeightZero weightZero;
  private long before;

  private TargetFold(WeightZero weightZero) {
    this.weightZero = weightZero;
  }

  /// Nothing to fold: a store without that table.
  public static TargetFold none(WeightZero weightZero) {
    return new TargetFold(weightZero);
  }

  /// Reads all versions of all targets.
  public static TargetFold read(
      Keyspace source, PlannedTable table, WeightZero weightZero, RateLimit rate)
      throws InterruptedException {
    TargetFold fold = new TargetFold(weightZero);
    Selection selection =
        Selection.of(
            table.source(),
            COLUMNS.stream().map(name -> table.source().column(name).orElseThrow()).toList(),
            Selection.Times.NONE,
            false);
    TableScan scan = new TableScan(source, selection, rate);
    for (Slice slice : TableScan.slices(table.source(), source)) {
      RowCursor cursor = scan.read(slice);
      for (StoredRow row = cursor.next(); row != null; row = cursor.next()) {
        fold.add(row);
      }
    }
    return fold;
  }

  private void add(StoredRow row) {
    before++;
    newest.merge(
        new Key(uuid(row.value(1)), row.text(2)),
        new Version(number(row.value(3), 8), uuid(row.value(0)), (int) number(row.value(4), 4)),
        (one, other) -> Version.ORDER.compare(one, other) >= 0 ? one : other);
  }

  private static UUID uuid(@Nullable ByteBuffer value) {
    return value == null
        ? new UUID(0, 0)
        : new UUID(value.getLong(value.position()), value.getLong(value.position() + 8));
  }

  private static long number(@Nullable ByteBuffer value, int size) {
    if (value == null || value.remaining() != size) {
      return 0;
    }
    return size == 8 ? value.getLong(value.position()) : value.getInt(value.position());
  }

  /// Whether a row moves.
  ///
  /// @param id of the row
  public boolean keeps(UUID id, UUID upstream, String target) {
    Version version = newest.get(new Key(upstream, target));
    return version != null && version.id().equals(id) && moves(version);
  }

  private boolean moves(Version version) {
    return weightZero == WeightZero.KEEP || version.weight() != 0;
  }

  /// Rows of the source.
  public long before() {
    return before;
  }

  /// Rows that move.
  public long after() {
    return newest.values().stream().filter(this::moves).count();
  }

  /// Newest versions with weight 0, whether they move or not.
  public long weightZero() {
    return newest.values().stream().filter(version -> version.weight() == 0).count();
  }
}
