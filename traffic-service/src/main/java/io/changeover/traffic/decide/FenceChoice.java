package io.changeover.traffic.decide;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import java.util.List;
import java.util.function.Predicate;

/// The next move towards "only this side's Admin API takes writes". One move at a time, each from a
/// fresh reading: the other side is closed and quiet before this one opens, so that never two sides
/// are open.
public sealed interface FenceChoice {

  /// Put these servers of the other side into maintenance.
  record Close(List<String> servers) implements FenceChoice {}

  /// The other side is closed, but still works on requests that it took before.
  record AwaitSessions(long sessions) implements FenceChoice {}

  /// Make these servers of the side ready.
  record Open(List<String> servers) implements FenceChoice {}

  /// Ready, but the router finds no server of the side up.
  record AwaitUp(List<String> servers) implements FenceChoice {}

  /// Only this side is open.
  record Already() implements FenceChoice {}

  /// Can't be fenced with what is there.
  record Refused(String why) implements FenceChoice {}

  /// Decides.
  static FenceChoice of(Observation observation, Sides sides, Side side) {
    List<Server> opening = observation.servers(sides.of(side));
    List<Server> closing = observation.servers(sides.of(side.other()));
    List<String> foreign = sides.foreign(observation);
    if (opening.isEmpty()) {
      return new Refused("the admin backend has no server of " + side.word());
    }
    if (!foreign.isEmpty()) {
      return new Refused("servers of neither side are open: " + String.join(", ", foreign));
    }
    List<String> open = names(closing, server -> server.admin() != AdminState.MAINT);
    if (!open.isEmpty()) {
      return new Close(open);
    }
    long sessions = closing.stream().mapToLong(Server::sessions).sum();
    return sessions > 0 ? new AwaitSessions(sessions) : open(opening, side);
  }

  private static FenceChoice open(List<Server> opening, Side side) {
    List<String> closed = names(opening, server -> server.admin() != AdminState.READY);
    if (!closed.isEmpty()) {
      return new Open(closed);
    }
    if (opening.stream().allMatch(server -> server.weight() == 0)) {
      return new Refused("all servers of " + side.word() + " have weight 0 in the admin backend");
    }
    return opening.stream().anyMatch(server -> server.usable() && server.weight() > 0)
        ? new Already()
        : new AwaitUp(names(opening, server -> !server.usable()));
  }

  private static List<String> names(List<Server> servers, Predicate<Server> which) {
    return servers.stream().filter(which).map(Server::name).toList();
  }
}
