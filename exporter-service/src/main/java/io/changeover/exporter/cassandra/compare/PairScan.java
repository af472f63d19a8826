package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.Coverage;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.Slice;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Reads both sides of every table that moves, whole, and hands on what is not the same.
public final class PairScan {

  private static final int CHUNK = 64;
  private static final int MOST_UNEQUAL = 50;

  private final CopyJob job;
  private final Movement movement;
  private final Watch watch;
  private final Mismatches mismatches;
  private final Observer observer;
  private final Sameness sameness;
  private final AtomicLong rows = new AtomicLong();
  private final TableDigests source = new TableDigests();
  private final TableDigests target = new TableDigests();
  private final TableDigests config = new TableDigests();
  private final List<String> unequal = Collections.synchronizedList(new ArrayList<>());

  /// Sees every row of the source that moves, from several threads.
  @FunctionalInterface
  public interface Observer {
    /// Sees nothing.
    Observer NONE = (_, _) -> {};

    /// Called with each.
    void row(PlannedTable table, StoredRow row);
  }

  /// What was read.
  ///
  /// @param rows of the source that move
  /// @param coverage the share of the ring that was read of every table
  /// @param source digests of what moves, by table and workspace
  /// @param target digests of what the target has
  /// @param config digests of the source's configuration
  /// @param unequal `table/slice` where both digests differ
  public record Result(
      long rows,
      BigDecimal coverage,
      TableDigests source,
      TableDigests target,
      TableDigests config,
      List<String> unequal) {}

  public PairScan(
      CopyJob job, Movement movement, Watch watch, Mismatches mismatches, Observer observer) {
    this(job, movement, watch, mismatches, observer, Sameness.VERBATIM);
  }

  /// One by another rule of what is the same.
  PairScan(
      CopyJob job,
      Movement movement,
      Watch watch,
      Mismatches mismatches,
      Observer observer,
      Sameness sameness) {
    this.sameness = sameness;
    this.job = job;
    this.movement = movement;
    this.watch = watch;
    this.mismatches = mismatches;
    this.observer = observer;
  }

  /// Whether a table's rows can be paired: the order of its clustering columns is known.
  public static boolean canPair(PlannedTable table) {
    return KeyOrder.of(table.source()).isPresent();
  }

  /// Reads everything.
  public Result run() throws InterruptedException, IOException {
    BigDecimal coverage = BigDecimal.ONE;
    for (PlannedTable table : job.plan().tables()) {
      coverage = coverage.min(pair(table));
    }
    return new Result(rows.get(), coverage, source, target, config, List.copyOf(unequal));
  }

  private BigDecimal pair(PlannedTable table) throws InterruptedException, IOException {
    KeyOrder order =
        KeyOrder.of(table.source())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Expected a clustering key of known order for %s, but it has another"
                            .formatted(table.name())));
    Selection.Times times =
        KongTables.mayExpire(table.name()) ? Selection.Times.TTL : Selection.Times.NONE;
    TableScan left = job.scanSource(table, times);
    TableScan right = job.scanTarget(table, times);
    List<Slice> slices = TableScan.slices(table.source(), job.source(), job.target());
    List<Slice> read = Collections.synchronizedList(new ArrayList<>());
    SliceWorkers.run(
        job.policy().ranges(),
        slices,
        slice -> {
          watch.ensureCurrent();
          SlicePairs pairs = new SlicePairs(table);
          new Pairing(table, order, row -> movement.mayMove(table, row), pairs)
              .run(left.read(slice), right.read(slice));
          pairs.end(slice);
          read.add(slice);
        });
    return Coverage.of(read);
  }

  /// The pairs of one slice, for one thread.
  private final class SlicePairs implements Pairing.Sink {
    private final PlannedTable table;
    private final SliceDigests digests;
    private final List<StoredRow> open = new ArrayList<>(CHUNK);
    private long moving;

    SlicePairs(PlannedTable table) {
      this.table = table;
      this.digests = new SliceDigests(table);
    }

    @Override
    public void stays(StoredRow row) {
      digests.onlyConfig(row);
    }

    @Override
    public void both(StoredRow left, StoredRow right) throws InterruptedException {
      seen(left);
      if (sameness.same(table, left, right)) {
        digests.same(left);
      } else {
        digests.onlyConfig(left);
        look(left);
      }
    }

    @Override
    public void onlySource(StoredRow row) throws InterruptedException {
      seen(row);
      digests.onlyConfig(row);
      look(row);
    }

    @Override
    public void onlyTarget(StoredRow row) throws InterruptedException {
      look(row);
    }

    private void seen(StoredRow row) {
      moving++;
      observer.row(table, row);
    }

    private void look(StoredRow key) throws InterruptedException {
      open.add(key);
      if (open.size() == CHUNK) {
        resolve();
      }
    }

    private void resolve() throws InterruptedException {
      watch.ensureCurrent();
      for (Mismatches.Again again : mismatches.resolve(table, open)) {
        if (again.same()) {
          again.source().ifPresent(digests::sameAgain);
        } else {
          again.source().ifPresent(row -> digests.differs(row, true));
          again.target().ifPresent(row -> digests.differs(row, false));
        }
      }
      open.clear();
    }

    void end(Slice slice) throws InterruptedException {
      if (!open.isEmpty()) {
        resolve();
      }
      if (!digests.source().equals(digests.target()) && unequal.size() < MOST_UNEQUAL) {
        unequal.add(table.name() + "/" + slice.number());
      }
      source.add(table.name(), digests.source());
      target.add(table.name(), digests.target());
      config.add(table.name(), digests.config());
      watch.rows("compare", rows.addAndGet(moving));
    }
  }
}
