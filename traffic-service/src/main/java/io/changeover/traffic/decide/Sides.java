package io.changeover.traffic.decide;

import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import java.util.List;
import java.util.stream.Stream;

/// The router's names of the servers of both sides.
public record Sides(List<String> blue, List<String> green) {

  /// Copies, so that it stays as it is.
  public Sides {
    blue = List.copyOf(blue);
    green = List.copyOf(green);
  }

  /// The names of one side.
  public List<String> of(Side side) {
    return switch (side) {
      case BLUE -> blue;
      case GREEN -> green;
    };
  }

  /// All names.
  public List<String> all() {
    return Stream.concat(blue.stream(), green.stream()).toList();
  }

  /// Servers of neither side that take requests: nobody planned for them.
  public List<String> foreign(Observation observation) {
    return observation.servers().stream()
        .filter(server -> server.readyWeight() > 0 && !all().contains(server.name()))
        .map(Server::name)
        .toList();
  }

  /// Names that are on both sides.
  public List<String> shared() {
    return blue.stream().filter(green::contains).toList();
  }
}
