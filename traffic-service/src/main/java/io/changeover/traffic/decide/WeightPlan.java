package io.changeover.traffic.decide;

import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Router;
import io.changeover.traffic.router.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A weight for every server, so that green's part of the whole is exactly a percentage and servers
/// within a side keep the proportions of the router's configuration (equal where a side has none).
/// At 0 and 100 the side that serves has the weights of the configuration.
public record WeightPlan(Map<String, Integer> weights) {

  private static final int FULL = 100;

  /// The plan for a percentage of green.
  ///
  /// @throws IllegalArgumentException unless the percentage is 0 to 100 and both sides have servers
  public static WeightPlan of(int percent, Observation observation, Sides sides) {
    List<Server> blue = observation.servers(sides.blue());
    List<Server> green = observation.servers(sides.green());
    if (percent < 0 || percent > 100 || blue.isEmpty() || green.isEmpty()) {
      throw new IllegalArgumentException(
          "expected 0 to 100 % of a green side that has servers beside a blue side that has some,"
              + " got %d %% of %s".formatted(percent, sides));
    }
    int[][] weights = weights(percent, proportions(blue), proportions(green));
    Map<String, Integer> plan = new LinkedHashMap<>();
    IntStream.range(0, blue.size()).forEach(i -> plan.put(blue.get(i).name(), weights[0][i]));
    IntStream.range(0, green.size()).forEach(i -> plan.put(green.get(i).name(), weights[1][i]));
    return new WeightPlan(Map.copyOf(plan));
  }

  private static int[] proportions(List<Server> servers) {
    boolean configured = servers.stream().allMatch(server -> server.initialWeight() > 0);
    return servers.stream()
        .mapToInt(server -> configured ? server.initialWeight() : FULL)
        .toArray();
  }

  /// Weights of blue (first row) and green from the servers' proportions.
  static int[][] weights(int percent, int[] blue, int[] green) {
    if (percent == 0) {
      return new int[][] {blue.clone(), new int[green.length]};
    }
    if (percent == 100) {
      return new int[][] {new int[blue.length], green.clone()};
    }
    int[] blueUnit = reduced(blue);
    int[] greenUnit = reduced(green);
    long blueFactor = (100L - percent) * sum(greenUnit);
    long greenFactor = (long) percent * sum(blueUnit);
    long shared = gcd(blueFactor, greenFactor);
    blueFactor /= shared;
    greenFactor /= shared;
    return fits(blueUnit, blueFactor) && fits(greenUnit, greenFactor)
        ? new int[][] {times(blueUnit, blueFactor), times(greenUnit, greenFactor)}
        : uneven(percent, blueUnit, greenUnit);
  }

  /// Where exact proportions do not fit into a router's range, the share stays exact and the
  /// proportions give way. A side that has more servers than units of weight leaves some servers
  /// without traffic.
  private static int[][] uneven(int percent, int[] blue, int[] green) {
    int divisor = (int) gcd(percent, 100);
    int greenPart = percent / divisor;
    int bluePart = (100 - percent) / divisor;
    for (int factor = Router.MAX_WEIGHT; factor > 1; factor--) {
      int[] blueWeights = distribute(bluePart * factor, blue);
      int[] greenWeights = distribute(greenPart * factor, green);
      if (fits(blueWeights, 1) && fits(greenWeights, 1)) {
        return new int[][] {blueWeights, greenWeights};
      }
    }
    return new int[][] {distribute(bluePart, blue), distribute(greenPart, green)};
  }

  /// Splits a total by proportions, the largest remainders first.
  static int[] distribute(int total, int[] proportions) {
    long whole = sum(proportions);
    int[] shares = new int[proportions.length];
    List<Integer> byRemainder = new ArrayList<>();
    int left = total;
    for (int i = 0; i < proportions.length; i++) {
      shares[i] = (int) ((long) total * proportions[i] / whole);
      left -= shares[i];
      byRemainder.add(i);
    }
    byRemainder.sort(
        (a, b) ->
            Long.compare(
                remainder(total, proportions[b], whole), remainder(total, proportions[a], whole)));
    for (int i = 0; i < left; i++) {
      shares[byRemainder.get(i)]++;
    }
    return shares;
  }

  private static long remainder(int total, int proportion, long whole) {
    return (long) total * proportion % whole;
  }

  private static boolean fits(int[] units, long factor) {
    return IntStream.of(units).allMatch(unit -> unit * factor <= Router.MAX_WEIGHT);
  }

  private static int[] times(int[] units, long factor) {
    return IntStream.of(units).map(unit -> (int) (unit * factor)).toArray();
  }

  private static int[] reduced(int[] values) {
    long shared = IntStream.of(values).asLongStream().reduce(0, WeightPlan::gcd);
    return IntStream.of(values).map(value -> (int) (value / shared)).toArray();
  }

  private static long sum(int[] values) {
    return IntStream.of(values).asLongStream().sum();
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /// Whether the router has exactly these weights.
  public boolean isIn(Observation observation) {
    return observation.missing(List.copyOf(weights.keySet())).isEmpty()
        && observation.servers(List.copyOf(weights.keySet())).stream().allMatch(this::gives);
  }

  /// Whether the server has the weight that it shall have.
  boolean gives(Server server) {
    return weights.getOrDefault(server.name(), -1) == server.weight();
  }

  /// What differs, in the order in which it must be set: blue's rises, green, blue's falls. So the
  /// sum is never zero, and green's part never overshoots the larger of what it was and what it
  /// shall be.
  public List<WeightChange> changes(Observation observation, Sides sides) {
    List<WeightChange> rises = new ArrayList<>();
    List<WeightChange> falls = new ArrayList<>();
    for (Server server : observation.servers(sides.blue())) {
      int target = weights.getOrDefault(server.name(), server.weight());
      if (target != server.weight()) {
        (target > server.weight() ? rises : falls).add(new WeightChange(server.name(), target));
      }
    }
    List<WeightChange> all = new ArrayList<>(rises);
    for (Server server : observation.servers(sides.green())) {
      int target = weights.getOrDefault(server.name(), server.weight());
      if (target != server.weight()) {
        all.add(new WeightChange(server.name(), target));
      }
    }
    all.addAll(falls);
    return List.copyOf(all);
  }
}
