package io.changeover.traffic.decide;

import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import java.util.List;
import java.util.Locale;

/// How a router's weights split new requests: the sums of the ready servers' weights.
public record Split(long blue, long green) {

  /// The split that a router has now.
  public static Split of(Observation observation, Sides sides) {
    return new Split(
        sum(observation.servers(sides.blue())), sum(observation.servers(sides.green())));
  }

  private static long sum(List<Server> servers) {
    return servers.stream().mapToLong(Server::readyWeight).sum();
  }

  /// Whether green's part is exactly this. False when nobody has any weight.
  public boolean isPercent(int percent) {
    return blue + green > 0 && green * 100 == percent * (blue + green);
  }

  /// Green's part in percent, 0 when nobody has any weight.
  public double percentGreen() {
    return blue + green == 0 ? 0 : 100.0 * green / (blue + green);
  }

  /// Blue's part in percent.
  public double percentBlue() {
    return blue + green == 0 ? 0 : 100.0 * blue / (blue + green);
  }

  /// A percentage as facts write it: `25`, or `33.33` where it is not whole.
  public static String percent(double value) {
    return value == Math.rint(value)
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.2f", value);
  }

  @Override
  public String toString() {
    return "blue=" + percent(percentBlue()) + ",green=" + percent(percentGreen());
  }
}
