package io.changeover.inventory;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold between the parts of one cluster.
final class ClusterRules {

  private ClusterRules() {}

  static void check(Cluster cluster, Section section) {
    if (!cluster.serving().isEmpty() && !cluster.versions().containsKey(cluster.serving())) {
      String known = String.join(", ", cluster.versions().keySet());
      section.problem(
          "serving", "`" + cluster.serving() + "` is not under `kong`", "one of " + known);
    }
    if (cluster.procedure() != ClusterBinder.usual(cluster.datastore())) {
      section.problem(
          "procedure",
          "`" + cluster.procedure().word() + "` does not fit the datastore",
          "shared-datastore for postgres and for cassandra with `sameKeyspace: true`, keyspace-copy"
              + " for cassandra with `green`, db-less where there is no datastore");
    }
    TopologyRules.check(cluster, section);
    if (!usesPostgres(cluster) && cluster.upgrade().backup().mode() == Backup.Mode.PG_DUMP) {
      section.problem("upgrade", "`backup: pg_dump` without postgres", "copy or off");
    }
    if (!cluster.upgrade().backup().formats().isEmpty()
        && (!usesPostgres(cluster) || cluster.upgrade().backup().mode() == Backup.Mode.OFF)) {
      section.problem(
          "upgrade",
          "`backupFormats` without a backup of PostgreSQL to stand beside",
          "none for cassandra, or for `backup: off`");
    }
    once(section, nodes(cluster).map(Node::name).toList(), "the node name");
    once(section, nodes(cluster).map(Node::server).toList(), "the router's server name");
    cluster.versions().values().forEach(version -> nodesOrRunbook(section, version));
    relabelled(cluster, section);
    PrefixRules.check(cluster, section);
    cluster.fence().ifPresent(fence -> fence(cluster, fence, section));
  }

  /// Nothing but the address tells nodes of one version apart.
  private static void relabelled(Cluster cluster, Section section) {
    List<KongVersion> versions = List.copyOf(cluster.versions().values());
    for (KongVersion version : versions) {
      Set<URI> others =
          versions.subList(0, versions.indexOf(version)).stream()
              .filter(version::isRelabelled)
              .flatMap(other -> other.nodes().stream())
              .flatMap(ClusterRules::addresses)
              .collect(Collectors.toSet());
      version.nodes().stream()
          .filter(node -> addresses(node).anyMatch(others::contains))
          .forEach(
              node ->
                  section.problem(
                      "kong",
                      "node `%s` under `%s` has an address of another node of %s"
                          .formatted(node.name(), version.version(), version.number()),
                      "addresses of its own: both run at the same time, and answer as the same"
                          + " version"));
    }
  }

  private static Stream<URI> addresses(Node node) {
    return Stream.concat(Stream.of(node.admin(), node.proxy()), node.status().stream());
  }

  private static void fence(Cluster cluster, Fence fence, Section section) {
    if (cluster.datastore() instanceof CassandraDatastore) {
      section.problem(
          "fence",
          "`fence` of a cluster on Cassandra",
          "no `fence`: no role of Cassandra is ever changed; where blue has one of its own, take"
              + " its LOGIN yourself once blue is stopped");
    }
    fence.roles().keySet().stream()
        .filter(version -> !version.isEmpty() && cluster.version(version).isEmpty())
        .sorted()
        .forEach(
            version ->
                section.problem(
                    "fence",
                    "a role of `" + version + "`, which is not under `kong`",
                    "one of " + String.join(", ", cluster.versions().keySet())));
    if (Set.copyOf(fence.roles().values()).size() < fence.roles().size()) {
      section.problem(
          "fence",
          "one role of several versions",
          "a role for each: what is taken from the old nodes must not be the new ones' login");
    }
    fence.roles().keySet().stream()
        .sorted()
        .flatMap(version -> cluster.version(version).stream())
        .forEach(blue -> runbooks(blue, section));
  }

  /// The login is taken where the suite stops blue and given back where it starts blue. With a
  /// runbook for only one of both, blue could not log in after a roll-back.
  private static void runbooks(KongVersion blue, Section section) {
    if (blue.provision().isPresent() || blue.decommission().isPresent()) {
      section.problem(
          "fence",
          "`fence` beside a runbook that starts or stops the nodes of `" + blue.version() + "`",
          "no `fence`; the runbook that stops blue takes the role's LOGIN, the one that starts it"
              + " gives it back");
    }
  }

  private static boolean usesPostgres(Cluster cluster) {
    return switch (cluster.datastore()) {
      case PostgresDatastore _ -> true;
      case CassandraDatastore _, NoDatastore _ -> false;
    };
  }

  private static Stream<Node> nodes(Cluster cluster) {
    return cluster.versions().values().stream().flatMap(version -> version.nodes().stream());
  }

  private static void once(Section section, List<String> names, String what) {
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !name.isEmpty() && !seen.add(name))
        .distinct()
        .forEach(
            name ->
                section.problem(
                    "kong", what + " `" + name + "` stands there twice", "each once in a cluster"));
  }

  private static void nodesOrRunbook(Section section, KongVersion version) {
    if (version.nodes().isEmpty()) {
      section.problem("kong", "no node under `" + version.version() + "`", "at least one node");
    }
  }
}
