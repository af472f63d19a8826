package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.ClusterEvents;
import io.changeover.sandbox.kong.ClusterEvents.Event;
import io.changeover.sandbox.kong.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Looks for what other nodes changed. Each look reaches back a little, since an event may become
/// visible after a later one.
final class EventPoller {

  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private final ClusterEvents events;
  private final UUID node;
  private final LiveConfiguration configuration;
  private final Runnable elsewhere;
  private final NodeFaults faults;
  private final NodeLog log;
  private Instant seenUntil;
  private Set<Event> seen = new HashSet<>();

  /// @param elsewhere runs when another node has changed something
  EventPoller(
      ClusterEvents events,
      UUID node,
      LiveConfiguration configuration,
      Runnable elsewhere,
      NodeFaults faults,
      NodeLog log) {
    this.events = events;
    this.node = node;
    this.configuration = configuration;
    this.elsewhere = elsewhere;
    this.faults = faults;
    this.log = log;
    this.seenUntil = events.now();
    seen.addAll(events.since(seenUntil.minus(OVERLAP), node));
  }

  void poll() {
    if (faults.databaseUnreachable()) {
      return;
    }
    try {
      List<Event> found = events.since(seenUntil.minus(OVERLAP), node);
      if (!seen.containsAll(found)) {
        configuration.changedElsewhere();
        elsewhere.run();
      } else {
        configuration.catchUp();
      }
      seen = new HashSet<>(found);
      for (Event event : found) {
        if (event.at().isAfter(seenUntil)) {
          seenUntil = event.at();
        }
      }
    } catch (StoreException e) {
      log.error("[cluster_events] failed to poll: " + e.getMessage());
    }
  }
}
