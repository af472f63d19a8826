package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The nodes of one version.
///
/// @param settings lines that stand under the version in the inventory beside command, environment
///   and nodes, such as `edition: community`
/// @param user whose login at the datastore they have
record Fleet(String version, KongStore.User user, List<String> settings, List<NodePlace> nodes) {
  private static final int NODES = 2;

  /// The same with these lines in the inventory.
  Fleet with(List<String> lines) {
    return new Fleet(version, user, lines, nodes);
  }

  /// Two nodes named `NAME-1` and `NAME-2`.
  static Fleet choose(Path folder, String name, String version, KongStore.User user) {
    return labelled(folder, name, version, version, user);
  }

  /// The same under a label of the inventory, which the nodes' Kong knows nothing of.
  static Fleet labelled(
      Path folder, String name, String label, String version, KongStore.User user) {
    return new Fleet(
        label,
        user,
        List.of(),
        IntStream.rangeClosed(1, NODES)
            .mapToObj(i -> NodePlace.choose(folder, name + "-" + i, version))
            .toList());
  }
}
