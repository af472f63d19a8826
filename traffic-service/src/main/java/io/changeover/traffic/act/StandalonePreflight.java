package io.changeover.traffic.act;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Haproxy;
import io.changeover.inventory.RuntimeAddress;
import io.changeover.worker.standalone.Look;
import io.changeover.worker.standalone.Place;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/// The phase `preflight-router` where nobody commanded it: the same work. It opens no log stream,
/// which belongs to the running service.
public final class StandalonePreflight {

  private StandalonePreflight() {}

  /// The look.
  public static Look of(Look.Limits limits) {
    Tools tools =
        new Tools(
            new Routers(),
            TrafficLogs.elsewhere(),
            new Baselines(),
            new TrafficMetrics(new SimpleMeterRegistry()));
    return new Look("traffic", new PreflightPhase(tools), StandalonePreflight::places);
  }

  private static List<Place> places(Cluster cluster) {
    return switch (cluster.router()) {
      case Haproxy haproxy ->
          switch (haproxy.runtime()) {
            case RuntimeAddress.Tcp(String host, int port) ->
                List.of(new Place("router", host, port));
            case RuntimeAddress.UnixSocket _ -> List.of();
          };
    };
  }
}
