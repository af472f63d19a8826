package io.changeover.traffic.act;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Haproxy;
import io.changeover.inventory.Node;
import io.changeover.traffic.decide.Sides;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.List;

/// Where a phase happens: the router's settings and the servers of both sides, from the inventory.
record Scene(Haproxy settings, Sides sides) {

  static Scene of(PhaseContext context) throws PhaseStopped {
    Cluster cluster = context.cluster();
    Haproxy settings =
        switch (cluster.router()) {
          case Haproxy haproxy -> haproxy;
        };
    return new Scene(
        settings,
        new Sides(
            servers(cluster, context.command().getFromVersion()),
            servers(cluster, context.command().getToVersion())));
  }

  /// @param version empty where nothing serves yet
  private static List<String> servers(Cluster cluster, String version) throws PhaseStopped {
    if (version.isEmpty()) {
      return List.of();
    }
    List<String> servers =
        cluster.version(version).map(known -> known.nodes()).orElse(List.of()).stream()
            .map(Node::server)
            .toList();
    if (servers.isEmpty()) {
      throw new PhaseStopped(
          Outcome.fatal(
              "The inventory of cluster " + cluster.name() + " has no nodes of version " + version,
              "nodes of the old and the new version under kong: in " + cluster.source(),
              "Add them to the inventory, then retry the phase."));
    }
    return servers;
  }
}
