package io.changeover.traffic.act;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Haproxy;
import io.changeover.inventory.Node;
import io.changeover.inventory.Procedure;
import io.changeover.inventory.Role;
import io.changeover.inventory.Topology;
import io.changeover.traffic.decide.Sides;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.List;
import java.util.Optional;

/// Where a phase happens: the router's settings and the servers of both sides, from the inventory.
///
/// @param sides the servers that take traffic; in a hybrid cluster the data planes
/// @param admin the servers that have an Admin API; in a hybrid cluster the control planes
/// @param frozen whether nobody may change the configuration until the upgrade ends: where it is
///   copied, and where a data plane of blue would not learn of the change
record Scene(Haproxy settings, Sides sides, Sides admin, boolean frozen) {

  static Scene of(PhaseContext context) throws PhaseStopped {
    Cluster cluster = context.cluster();
    Haproxy settings =
        switch (cluster.router()) {
          case Haproxy haproxy -> haproxy;
        };
    return new Scene(
        settings,
        sides(context, Role.DATA_PLANE),
        sides(context, Role.CONTROL_PLANE),
        frozen(context));
  }

  private static Sides sides(PhaseContext context, Role role) throws PhaseStopped {
    return new Sides(
        servers(context.cluster(), context.command().getFromVersion(), role),
        servers(context.cluster(), context.command().getToVersion(), role));
  }

  private static boolean frozen(PhaseContext context) {
    Cluster cluster = context.cluster();
    boolean serves = !context.command().getFromVersion().isEmpty();
    boolean copied =
        cluster.procedure() == Procedure.KEYSPACE_COPY
            && !cluster.addsPlugins(
                context.command().getFromVersion(), context.command().getToVersion());
    return copied || (cluster.topology() == Topology.HYBRID && serves);
  }

  /// @param version empty where nothing serves yet
  private static List<String> servers(Cluster cluster, String version, Role role)
      throws PhaseStopped {
    if (version.isEmpty()) {
      return List.of();
    }
    List<String> servers =
        cluster.version(version).map(known -> known.nodes()).orElse(List.of()).stream()
            .filter(node -> node.role().isEmpty() || node.role().equals(Optional.of(role)))
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
