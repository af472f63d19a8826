package io.changeover.traffic.decide;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What makes the fence around green's Admin API none.
///
/// @param servers with their states, as people call them
public record FenceBreach(List<String> servers) {

  /// Servers of green that are not in maintenance, or that belong to neither side and are open.
  public static Optional<FenceBreach> of(Observation observation, Sides sides) {
    Stream<String> green = open(observation, sides.green()).stream();
    Stream<String> foreign =
        sides.foreign(observation).stream().map(server -> server + " (of neither side)");
    List<String> servers = Stream.concat(green, foreign).toList();
    return servers.isEmpty() ? Optional.empty() : Optional.of(new FenceBreach(servers));
  }

  /// Those of these servers that are not in maintenance, with their states.
  public static List<String> open(Observation observation, List<String> servers) {
    return observation.servers(servers).stream()
        .filter(server -> server.admin() != AdminState.MAINT)
        .map(server -> server.name() + " (" + server.admin().word() + ")")
        .toList();
  }
}
