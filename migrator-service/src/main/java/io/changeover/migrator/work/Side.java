package io.changeover.migrator.work;

import io.changeover.inventory.KongVersion;
import io.changeover.inventory.Node;
import io.changeover.inventory.Probe;
import io.changeover.inventory.Role;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.NodeObservation;
import io.changeover.migrator.observe.Release;
import io.changeover.worker.kong.KongTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One side of an upgrade.
///
/// @param name `blue` or `green`
/// @param plugins that the request adds to the version's own settings; green only
record Side(String name, KongVersion version, Release release, List<String> plugins) {

  static final String BLUE = "blue";
  static final String GREEN = "green";

  /// What the inventory says of its binary and its nodes. A [Side] is made only of a version that
  /// can be read.
  Build build() {
    return Build.of(version).orElseThrow();
  }

  boolean blue() {
    return name.equals(BLUE);
  }

  List<Node> nodes() {
    return version.nodes();
  }

  /// The same with the nodes of one role only; all of them without one.
  Side only(Optional<Role> role) {
    return role.isEmpty()
        ? this
        : with(nodes().stream().filter(node -> node.role().equals(role)).toList());
  }

  private Side with(List<Node> nodes) {
    KongVersion some =
        new KongVersion(
            version.version(),
            version.edition(),
            version.command(),
            version.conf(),
            version.declarative(),
            version.environment(),
            nodes,
            version.provision(),
            version.decommission());
    return new Side(name, some, release, plugins);
  }

  /// The command for what concerns the whole cluster.
  KongTarget target() {
    return KongTarget.of(version).withPlugins(plugins);
  }

  /// One node's own command.
  KongTarget target(Node node) {
    return KongTarget.of(version, node).withPlugins(plugins);
  }

  /// What this node looks like when it is healthy.
  NodeObservation.Expected expected(Node node, Subject subject) {
    NodeObservation.Kind kind =
        node.role().map(role -> kind(role, subject.fresh())).orElse(NodeObservation.Kind.WHOLE);
    return new NodeObservation.Expected(
        build(), subject.store(this).reported(), subject.probe().map(Probe::expect), kind, added());
  }

  /// The names of what the request adds; `bundled` stands for many.
  Set<String> added() {
    return plugins.stream()
        .filter(plugin -> !plugin.equals("bundled"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static NodeObservation.Kind kind(Role role, boolean fresh) {
    return switch (role) {
      case CONTROL_PLANE -> NodeObservation.Kind.CONTROL_PLANE;
      case DATA_PLANE ->
          fresh ? NodeObservation.Kind.EMPTY_DATA_PLANE : NodeObservation.Kind.DATA_PLANE;
    };
  }
}
