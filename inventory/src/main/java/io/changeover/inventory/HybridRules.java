package io.changeover.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What control planes and data planes ask of their inventory, as observed on Kong 2.1.4 and 2.2.2.
final class HybridRules {

  private static final int NOT_FOUND = 404;

  /// A node and where it keeps its files.
  private record Place(String node, Home home) {}

  private HybridRules() {}

  static void check(Cluster cluster, Section section) {
    if (cluster.procedure() == Procedure.KEYSPACE_COPY) {
      section.problem(
          "topology",
          "`hybrid` with a keyspace of green's own",
          "`sameKeyspace: true`, or postgres");
    }
    probe(cluster, section);
    prefixes(cluster, section);
  }

  /// Of a data plane nothing else tells whether it has a configuration: without one its `/status`
  /// is 200, and every request is answered 404. Nothing has a route yet where nothing serves.
  private static void probe(Cluster cluster, Section section) {
    Optional<Probe> probe = cluster.probe();
    if (probe.isEmpty() && !cluster.serving().isEmpty()) {
      section.problem(
          "probe",
          "a hybrid cluster without a `probe`",
          "`probe` of a route that every data plane serves: without a configuration its /status is"
              + " 200 all the same");
    } else if (probe.filter(one -> one.expect() == NOT_FOUND).isPresent()) {
      section.problem(
          "probe",
          "`expect: 404` of a hybrid cluster",
          "the status of a known route: 404 is what a data plane without any configuration answers");
    }
  }

  /// Both versions run side by side. In one prefix a data plane of 2.2 writes its
  /// `config.cache.json.gz` over that of 2.1, which can't read it.
  private static void prefixes(Cluster cluster, Section section) {
    Map<Home, List<String>> nodes =
        cluster.versions().values().stream()
            .flatMap(version -> version.nodes().stream().flatMap(node -> place(version, node)))
            .collect(
                Collectors.groupingBy(
                    Place::home, Collectors.mapping(Place::node, Collectors.toList())));
    nodes.forEach(
        (home, names) -> {
          if (names.size() > 1) {
            section.problem(
                "kong",
                "the nodes "
                    + String.join(", ", new TreeSet<>(names))
                    + " share the prefix `"
                    + home.prefix()
                    + "` of one machine",
                "a `prefix` for each: they run side by side, and what a new data plane writes over"
                    + " an old one's `config.cache.json.gz` leaves the old one without a"
                    + " configuration after a roll-back");
          }
        });
  }

  private static Stream<Place> place(KongVersion version, Node node) {
    return Home.of(version, node).map(home -> new Place(node.name(), home)).stream();
  }
}
