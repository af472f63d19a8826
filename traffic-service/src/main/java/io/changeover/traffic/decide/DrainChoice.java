package io.changeover.traffic.decide;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import java.util.List;
import java.util.Optional;

/// How to empty one side.
public sealed interface DrainChoice {

  /// Put these into drain.
  record Drain(List<String> servers) implements DrainChoice {}

  /// These many requests are still worked on.
  record AwaitSessions(long sessions) implements DrainChoice {}

  /// No request is left there.
  record Empty() implements DrainChoice {}

  /// The other side does not carry all traffic, or is down: draining would lose requests.
  record Refused(String why) implements DrainChoice {}

  /// Decides.
  ///
  /// @param nobodyElse whether it is accepted that the other side does not serve meanwhile
  static DrainChoice of(Observation observation, Sides sides, Side side, boolean nobodyElse) {
    List<String> missing = observation.missing(sides.all());
    if (!missing.isEmpty()) {
      return new Refused("the router has no server " + String.join(", ", missing));
    }
    List<Server> drained = observation.servers(sides.of(side));
    Optional<Refused> lost = nobodyElse ? Optional.empty() : lost(observation, sides, side);
    if (lost.isPresent()) {
      return lost.get();
    }
    List<String> ready =
        drained.stream()
            .filter(server -> server.admin() == AdminState.READY)
            .map(Server::name)
            .toList();
    if (!ready.isEmpty()) {
      return new Drain(ready);
    }
    long sessions = drained.stream().mapToLong(Server::sessions).sum();
    return sessions > 0 ? new AwaitSessions(sessions) : new Empty();
  }

  private static Optional<Refused> lost(Observation observation, Sides sides, Side side) {
    List<Server> serving = observation.servers(sides.of(side.other()));
    if (serving.stream().noneMatch(server -> server.usable() && server.weight() > 0)) {
      return Optional.of(
          new Refused("no server of " + side.other().word() + " is up with a weight above 0"));
    }
    return observation.servers(sides.of(side)).stream().anyMatch(s -> s.readyWeight() > 0)
        ? Optional.of(
            new Refused(side.word() + " still has weight: " + Split.of(observation, sides)))
        : Optional.empty();
  }
}
