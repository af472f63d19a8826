package io.changeover.planner.port;

import io.changeover.messages.ClusterView;
import java.util.List;
import java.util.Optional;

/// What the inventory says now. A broken edit leaves the last good inventory in force.
public interface Clusters {
  /// What an upgrade of the cluster needs to know; empty when the inventory does not name it.
  Optional<ClusterView> find(String name);

  /// All names, sorted.
  List<String> names();

  /// Where the inventory lives, for messages to people.
  String origin();
}
