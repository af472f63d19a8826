package io.changeover.traffic.decide;

import io.changeover.traffic.router.Observation;
import java.util.Optional;

/// What both sides counted between two readings.
public record Window(SideWindow blue, SideWindow green) {

  /// Nothing.
  public static final Window NONE = new Window(SideWindow.NONE, SideWindow.NONE);

  /// From two readings; empty when the router restarted in between, so that nothing can be said.
  public static Optional<Window> between(Observation earlier, Observation later, Sides sides) {
    if (!earlier.process().equals(later.process())) {
      return Optional.empty();
    }
    return SideWindow.between(earlier.servers(sides.blue()), later.servers(sides.blue()))
        .flatMap(
            blue ->
                SideWindow.between(earlier.servers(sides.green()), later.servers(sides.green()))
                    .map(green -> new Window(blue, green)));
  }

  /// This window and the one after it.
  public Window plus(Window next) {
    return new Window(blue.plus(next.blue), green.plus(next.green));
  }

  /// Green's share of the requests.
  public Proportion share() {
    long greens = green.counters().requests();
    return Proportion.of(greens, greens + blue.counters().requests());
  }
}
