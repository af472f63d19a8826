package io.changeover.sandbox.kong;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// How nodes tell each other that something changed: rows that everybody polls.
public interface ClusterEvents {
  /// Tells all other nodes. Each event is kept for an hour.
  void publish(UUID nodeId, List<Event> events);

  /// What others published after that moment, oldest first.
  List<Event> since(Instant at, UUID notFromNode);

  /// The database's clock, which is the one that counts for [#since].
  Instant now();

  /// One thing that changed.
  ///
  /// @param channel `invalidations`, `balancer:upstreams`, `balancer:targets`
  /// @param at when it was published; ignored by [#publish]
  record Event(String channel, String data, Instant at) {}
}
