package io.changeover.inventory;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a topology asks of a cluster's versions and nodes.
final class TopologyRules {

  private TopologyRules() {}

  static void check(Cluster cluster, Section section) {
    boolean hybrid = cluster.topology() == Topology.HYBRID;
    if (hybrid) {
      HybridRules.check(cluster, section);
    }
    if (cluster.topology() == Topology.DB_LESS && cluster.fence().isPresent()) {
      section.problem(
          "fence", "`fence` of a db-less cluster", "no `fence`: there is no role to take");
    }
    if (cluster.topology() == Topology.DB_LESS && frontsAdmin(cluster.router())) {
      section.problem(
          "router",
          "`adminBackend` or `adminFront` of a db-less cluster",
          "neither: its Admin APIs take no writes that would have to be fenced, so that nobody"
              + " hands them from blue to green; let the router check all nodes and send to those"
              + " that are up");
    }
    cluster
        .versions()
        .values()
        .forEach(
            version -> {
              declarative(cluster.topology(), version, section);
              version.nodes().forEach(node -> role(hybrid, version, node, section));
              if (hybrid) {
                bothRoles(version, section);
              }
            });
  }

  private static boolean frontsAdmin(Router router) {
    return switch (router) {
      case Haproxy haproxy ->
          haproxy.adminBackend().isPresent() || haproxy.adminFront().isPresent();
    };
  }

  private static void declarative(Topology topology, KongVersion version, Section section) {
    boolean dbless = topology == Topology.DB_LESS;
    if (dbless != version.declarative().isPresent()) {
      section.problem(
          "kong",
          "`declarative` under `" + version.version() + "` " + (dbless ? "is missing" : "stands"),
          dbless
              ? "`declarative: /path/kong.yml` for each version of a db-less cluster"
              : "`declarative` only in a db-less cluster");
    }
  }

  private static void role(boolean hybrid, KongVersion version, Node node, Section section) {
    String where = "node `" + node.name() + "` under `" + version.version() + "`";
    if (hybrid != node.role().isPresent()) {
      section.problem(
          "kong",
          where + (hybrid ? " has no `role`" : " has a `role`"),
          hybrid
              ? "`role: control-plane` or `role: data-plane` for each node of a hybrid cluster"
              : "`role` only in a hybrid cluster");
    }
    if (node.cacheFile().isPresent() && !node.role().equals(Optional.of(Role.DATA_PLANE))) {
      section.problem("kong", where + " has a `cacheFile`", "`cacheFile` only on a data plane");
    }
  }

  private static void bothRoles(KongVersion version, Section section) {
    Set<Role> roles =
        version.nodes().stream()
            .flatMap(node -> node.role().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (roles.size() == 1) {
      section.problem(
          "kong",
          "only one role among the nodes of `" + version.version() + "`",
          "at least one control plane and one data plane");
    }
  }
}
