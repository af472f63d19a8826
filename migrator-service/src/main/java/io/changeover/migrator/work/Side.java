package io.changeover.migrator.work;

import io.changeover.inventory.KongVersion;
import io.changeover.inventory.Node;
import io.changeover.inventory.Probe;
import io.changeover.migrator.act.KongStore;
import io.changeover.migrator.observe.NodeObservation;
import io.changeover.migrator.observe.Release;
import io.changeover.worker.kong.KongTarget;
import java.util.List;
import java.util.Optional;

/// One side of an upgrade.
///
/// @param name `blue` or `green`
/// @param plugins that the request adds to the version's own settings; green only
record Side(String name, KongVersion version, Release release, List<String> plugins) {

  static final String BLUE = "blue";
  static final String GREEN = "green";

  boolean blue() {
    return name.equals(BLUE);
  }

  List<Node> nodes() {
    return version.nodes();
  }

  /// The command for what concerns the whole cluster.
  KongTarget target() {
    return KongTarget.of(version).withPlugins(plugins);
  }

  /// One node's own command.
  KongTarget target(Node node) {
    return KongTarget.of(version, node).withPlugins(plugins);
  }

  /// What a healthy node of this side looks like.
  NodeObservation.Expected expected(KongStore store, Optional<Probe> probe) {
    return new NodeObservation.Expected(release, store.reported(), probe.map(Probe::expect));
  }
}
