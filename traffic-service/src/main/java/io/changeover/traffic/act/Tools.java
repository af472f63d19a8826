package io.changeover.traffic.act;

import io.changeover.traffic.router.Router;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import jakarta.inject.Singleton;

/// What the phases share.
@Singleton
public record Tools(
    Routers routers, TrafficLogs logs, Baselines baselines, TrafficMetrics metrics) {

  Desk desk(PhaseContext context, String backend) {
    Router router = routers.of(context.cluster().router(), context.clock());
    return new Desk(context, router, backend);
  }

  /// What a phase does; whatever stops it has said how the phase ends.
  @FunctionalInterface
  interface Steps {
    Outcome take(PhaseContext context) throws PhaseStopped, InterruptedException;
  }

  /// Takes a phase to its outcome.
  static Outcome run(PhaseContext context, Steps steps) throws InterruptedException {
    try {
      return steps.take(context);
    } catch (PhaseStopped stopped) {
      return stopped.outcome();
    }
  }
}
