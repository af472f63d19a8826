package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.findings.Findings;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Compares both sides row by row and looks for what was never right in the source. Changes
/// nothing.
public final class Comparison {

  private static final int MOST_SHOWN = 20;

  private final CopyJob job;
  private final Watch watch;
  private final Sameness sameness;
  private final Late late;
  private final AtomicLong lateRows = new AtomicLong();
  private final List<Difference> shown = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  public Comparison(CopyJob job, Watch watch) {
    this(job, watch, Late.NONE);
  }

  /// One of a source that takes writes.
  ///
  /// @param late what of them is no difference
  public Comparison(CopyJob job, Watch watch, Late late) {
    this(job, watch, Sameness.VERBATIM, late);
  }

  /// One by another rule of what is the same.
  public Comparison(CopyJob job, Watch watch, Sameness sameness) {
    this(job, watch, sameness, Late.NONE);
  }

  private Comparison(CopyJob job, Watch watch, Sameness sameness, Late late) {
    this.late = late;
    this.job = job;
    this.watch = watch;
    this.sameness = sameness;
  }

  /// What was found.
  ///
  /// @param equal whether every row that moves is on the other side, the same, and nothing else,
  ///   and the digests say so too
  /// @param coverage the share of the ring that was read of every table
  /// @param rows of the source that move
  /// @param differences the first of them
  /// @param counts of all differences, by table
  /// @param unequal slices whose digests differ, as `table/slice`
  /// @param late rows that differ since blue's nodes wrote them after the copy
  /// @param config the source's configuration
  /// @param findings what was never right, the same on both sides
  public record Result(
      boolean equal,
      BigDecimal coverage,
      long rows,
      List<Difference> differences,
      Map<String, Long> counts,
      List<String> unequal,
      long late,
      TableDigests config,
      Findings.Result findings) {}

  /// Compares.
  public Result run() throws InterruptedException, IOException {
    Movement movement = Movement.of(job);
    Findings findings = Findings.of(job);
    Lookup lookup = new Lookup(job, movement, sameness);
    PairScan.Result result =
        new PairScan(
                job,
                movement,
                watch,
                (table, keys) -> confirm(lookup, table, keys),
                findings::row,
                sameness)
            .run();
    return new Result(
        counts.isEmpty()
            && result.unequal().isEmpty()
            && result.source().whole().equals(result.target().whole())
            && result.coverage().compareTo(BigDecimal.ONE) == 0,
        result.coverage(),
        result.rows(),
        List.copyOf(shown),
        new TreeMap<>(counts),
        result.unequal(),
        lateRows.get(),
        result.config(),
        findings.result());
  }

  private List<Mismatches.Again> confirm(Lookup lookup, PlannedTable table, List<StoredRow> keys)
      throws InterruptedException {
    List<Mismatches.Again> again = new ArrayList<>(keys.size());
    List<Lookup.Found> found = lookup.find(table, keys);
    for (int i = 0; i < keys.size(); i++) {
      Lookup.Found row = found.get(i);
      if (row.ending() || outlived(table, keys.get(i), row)) {
        continue;
      }
      if (!row.same() && late.is(table, row)) {
        lateRows.incrementAndGet();
        continue;
      }
      again.add(new Mismatches.Again(row.source(), row.target(), row.same()));
      if (!row.same()) {
        count(table, keys.get(i), row);
      }
    }
    return again;
  }

  private boolean outlived(PlannedTable table, StoredRow key, Lookup.Found row) {
    return row.source().isEmpty()
        && row.target().isPresent()
        && sameness.mayOutlive(
            RowWriter.describe(table.name(), table.columns(), table.keySize(), key));
  }

  private synchronized void count(PlannedTable table, StoredRow key, Lookup.Found row) {
    counts.merge(table.name(), 1L, Long::sum);
    if (shown.size() < MOST_SHOWN) {
      String about = RowWriter.describe(table.name(), table.columns(), table.keySize(), key);
      shown.add(difference(table, about, row));
    }
  }

  private Difference difference(PlannedTable table, String about, Lookup.Found row) {
    if (row.source().isEmpty()) {
      return new Difference(Difference.Kind.EXTRA, about, List.of());
    }
    return row.target()
        .map(
            target ->
                new Difference(
                    Difference.Kind.CHANGED,
                    about,
                    sameness.describe(table, row.source().get(), target)))
        .orElseGet(() -> new Difference(Difference.Kind.MISSING, about, List.of()));
  }
}
