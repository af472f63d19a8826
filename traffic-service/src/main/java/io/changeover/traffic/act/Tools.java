package io.changeover.traffic.act;

import io.changeover.traffic.router.Router;
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
}
