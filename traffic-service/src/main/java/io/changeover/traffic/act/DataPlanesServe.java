package io.changeover.traffic.act;

import io.changeover.inventory.Node;
import io.changeover.inventory.Role;
import io.changeover.inventory.Topology;
import io.changeover.traffic.router.CallLimits;
import io.changeover.traffic.router.KnownRoute;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// No data plane of green gets traffic before it has answered a request for a known route, whoever
/// started it and whenever. Without any configuration its `/status` is 200, and it answers 404 to
/// every request, as observed on Kong 2.1.4 and 2.2.2.
final class DataPlanesServe {

  private DataPlanesServe() {}

  /// Asks each of them; nothing to ask outside of hybrid clusters.
  static void ensure(PhaseContext context) throws PhaseStopped, InterruptedException {
    if (context.cluster().topology() != Topology.HYBRID || context.cluster().probe().isEmpty()) {
      return;
    }
    KnownRoute route = new KnownRoute(context.cluster().probe().orElseThrow(), CallLimits.DEFAULT);
    List<String> unserved = new ArrayList<>();
    for (Node node : dataPlanes(context)) {
      route.unserved(node.proxy()).ifPresent(why -> unserved.add(node.name() + " " + why));
    }
    if (!unserved.isEmpty()) {
      throw new PhaseStopped(
          Outcome.retryable(
              "Data planes of the new version do not serve a known route: "
                  + String.join("; ", unserved),
              "the status that `probe` of the inventory expects, from the proxy of each; no weight"
                  + " was moved",
              "See their error logs and whether their control plane is reached; the traffic-service"
                  + " must reach their `proxy` addresses and have what `probe` refers to."));
    }
  }

  private static List<Node> dataPlanes(PhaseContext context) {
    return context.cluster().version(context.command().getToVersion()).stream()
        .flatMap(version -> version.nodes().stream())
        .filter(node -> node.role().equals(Optional.of(Role.DATA_PLANE)))
        .toList();
  }
}
