package io.changeover.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Nodes that run side by side keep their files apart. In one prefix `kong quit` of a green that
/// never started ends blue, and a data plane of 2.2 writes its `config.cache.json.gz` over that of
/// 2.1, which can't read it.
///
/// Side by side are nodes of one version, and of two that follow each other from the one that
/// serves today on: of several hops the third version may have the place of the first. In hybrid
/// clusters, where a shared cache file shows only after a roll-back, Kong's own default counts too.
final class PrefixRules {

  /// A node of a version, and where it keeps its files.
  private record Place(String version, String node, Home home) {}

  private PrefixRules() {}

  static void check(Cluster cluster, Section section) {
    boolean hybrid = cluster.topology() == Topology.HYBRID;
    List<String> order = order(cluster);
    Map<Home, List<Place>> places =
        cluster.versions().values().stream()
            .flatMap(version -> places(version, hybrid))
            .collect(Collectors.groupingBy(Place::home));
    places.forEach(
        (home, sharing) -> {
          if (sideBySide(sharing, order)) {
            section.problem("kong", shared(home, sharing), remedy(hybrid));
          }
        });
  }

  private static Stream<Place> places(KongVersion version, boolean hybrid) {
    return version.nodes().stream()
        .flatMap(
            node -> {
              Optional<Home> home = hybrid ? Home.of(version, node) : Home.told(version, node);
              return home.map(one -> new Place(version.version(), node.name(), one)).stream();
            });
  }

  private static List<String> order(Cluster cluster) {
    List<String> sorted =
        cluster.versions().values().stream()
            .sorted(KongVersion.BY_NUMBER)
            .map(KongVersion::version)
            .toList();
    return sorted.subList(Math.max(sorted.indexOf(cluster.serving()), 0), sorted.size());
  }

  private static boolean sideBySide(List<Place> sharing, List<String> order) {
    List<Integer> hops =
        sharing.stream()
            .map(place -> order.indexOf(place.version()))
            .filter(hop -> hop >= 0)
            .sorted()
            .toList();
    return IntStream.range(1, hops.size()).anyMatch(i -> hops.get(i) - hops.get(i - 1) <= 1);
  }

  private static String shared(Home home, List<Place> sharing) {
    return "the nodes "
        + sharing.stream().map(Place::node).sorted().collect(Collectors.joining(", "))
        + " share the prefix `"
        + home.prefix()
        + "` of one machine";
  }

  private static String remedy(boolean hybrid) {
    return "a `prefix` for each: they run side by side, and `kong quit` ends whichever runs there"
        + (hybrid
            ? "; what a new data plane writes over an old one's `config.cache.json.gz` leaves the old"
                + " one without a configuration after a roll-back"
            : "");
  }
}
