package io.changeover.exporter.cassandra.delta;

import io.changeover.exporter.cassandra.compare.Lookup;
import io.changeover.exporter.cassandra.compare.PairScan;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.digest.TableDigests;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;

/// Passes over both sides that bring the target up to date, until one finds nothing new.
public final class DeltaPasses {

  /// More mean that the source takes writes as fast as they are found.
  private static final int MOST = 20;

  private final CopyJob job;
  private final Watch watch;
  private final WriteGate gate;

  public DeltaPasses(CopyJob job, Watch watch, WriteGate.Seam seam) {
    this.job = job;
    this.watch = watch;
    this.gate =
        new WriteGate(job.target().session(), job.policy().inFlight(), job.writeRate(), seam);
  }

  /// What all passes did.
  ///
  /// @param rows brought up to date
  /// @param deleted rows that the source has no more
  /// @param passes the last, which found nothing, included
  /// @param kept rows that only the target has, newer than all that was copied: green's own
  /// @param shadowed rows that green has deleted
  /// @param caughtUp whether the last pass found nothing new
  /// @param fromMicros when the last pass began, in microseconds since 1970
  /// @param config the source's configuration, as the last pass read it
  public record Result(
      long rows,
      long deleted,
      int passes,
      long kept,
      long shadowed,
      boolean caughtUp,
      long fromMicros,
      TableDigests config) {}

  /// Runs them.
  ///
  /// @param frontier tells, at the start of each pass, up to when all that is in the target was
  ///   copied from the source, in microseconds since 1970: only that may be deleted;
  ///   [Long#MIN_VALUE] for nothing
  public Result run(LongSupplier frontier) throws InterruptedException, IOException {
    long rows = 0;
    long deleted = 0;
    Set<String> sent = Set.of();
    for (int pass = 1; ; pass++) {
      long from = System.currentTimeMillis() * 1000;
      Movement movement = Movement.of(job);
      Reconciler reconciler =
          new Reconciler(job, new Lookup(job, movement), gate, from, frontier.getAsLong(), sent);
      PairScan.Result scan =
          new PairScan(job, movement, watch, reconciler, PairScan.Observer.NONE).run();
      rows += reconciler.rows();
      deleted += reconciler.deleted();
      boolean nothing = reconciler.rows() + reconciler.deleted() == 0;
      if (nothing || pass == MOST) {
        return new Result(
            rows,
            deleted,
            pass,
            reconciler.kept(),
            reconciler.shadowed(),
            nothing,
            from,
            scan.config());
      }
      sent = reconciler.sent();
    }
  }
}
