package io.changeover.traffic.decide;

import io.changeover.traffic.router.Counters;
import io.changeover.traffic.router.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one side counted in a window.
///
/// @param millis requests answered times the router's average, the base of an average of the side
public record SideWindow(Counters counters, double millis) {

  /// Nothing.
  public static final SideWindow NONE = new SideWindow(Counters.ZERO, 0);

  /// From two readings of the same servers; empty when one is missing or a counter fell.
  static Optional<SideWindow> between(List<Server> earlier, List<Server> later) {
    Map<String, Server> before =
        earlier.stream().collect(Collectors.toMap(Server::name, Function.identity()));
    SideWindow sum = NONE;
    for (Server server : later) {
      Optional<Counters> delta =
          Optional.ofNullable(before.get(server.name()))
              .flatMap(start -> server.counters().since(start.counters()));
      if (delta.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(of(delta.get(), server));
    }
    return earlier.size() == later.size() ? Optional.of(sum) : Optional.empty();
  }

  private static SideWindow of(Counters counted, Server server) {
    return new SideWindow(counted, (double) counted.answered() * server.averageMillis());
  }

  /// This window and a later one.
  public SideWindow plus(SideWindow other) {
    return new SideWindow(counters.plus(other.counters), millis + other.millis);
  }

  /// Share of the completed requests that did not fail; 1 when none completed.
  public double successRate() {
    return counters.completed() == 0 ? 1 : 1 - (double) counters.failures() / counters.completed();
  }

  /// Mean time in milliseconds as far as the router's own averages tell; 0 when nothing was
  /// answered.
  public double averageMillis() {
    return counters.answered() == 0 ? 0 : millis / counters.answered();
  }
}
