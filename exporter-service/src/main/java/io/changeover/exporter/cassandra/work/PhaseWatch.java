package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.worker.PhaseContext;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;

/// Tells the planner how far the work is, at most once a second, and stops it when nobody wants it.
final class PhaseWatch implements Watch {

  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PhaseContext context;
  private final LongFunction<Map<String, String>> facts;
  private long last = System.nanoTime();

  /// Reports for a phase.
  ///
  /// @param facts of so many rows
  PhaseWatch(PhaseContext context, LongFunction<Map<String, String>> facts) {
    this.context = context;
    this.facts = facts;
  }

  @Override
  public void ensureCurrent() {
    context.ensureCurrent();
  }

  @Override
  public synchronized void rows(String doing, long rows) {
    if (System.nanoTime() - last >= PAUSE_NANOS) {
      last = System.nanoTime();
      context.progress(facts.apply(rows));
    }
  }
}
