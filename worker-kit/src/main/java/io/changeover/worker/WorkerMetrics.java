package io.changeover.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// What a worker counts.
final class WorkerMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger running;

  WorkerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.running = registry.gauge("changeover.worker.running", new AtomicInteger());
  }

  void running(int change) {
    running.addAndGet(change);
  }

  void ended(String action, Outcome outcome, Duration took) {
    registry
        .timer("changeover.worker.completed", "action", action, "outcome", word(outcome))
        .record(took);
  }

  void dropped(String reason) {
    registry.counter("changeover.worker.dropped", "reason", reason).increment();
  }

  void rejected() {
    registry.counter("changeover.worker.rejected").increment();
  }

  void unsent() {
    registry.counter("changeover.worker.reports.unsent").increment();
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "done";
      case Outcome.Failed failed -> failed.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
