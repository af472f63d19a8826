package io.changeover.traffic.decide;

import static io.changeover.traffic.testing.Observations.SIDES;
import static io.changeover.traffic.testing.Observations.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightPlanTest {

  private static int[] same(int count) {
    return IntStream.range(0, count).map(_ -> 100).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 2, 100 100, 0 0",
    "100, 2, 2, 0 0, 100 100",
    "50, 2, 2, 1 1, 1 1",
    "5, 2, 2, 19 19, 1 1",
    "25, 3, 1, 1 1 1, 1",
    "10, 1, 3, 27, 1 1 1",
    "1, 1, 1, 99, 1",
  })
  void equal_servers_get_the_smallest_exact_weights(
      int percent, int blue, int green, String blueWeights, String greenWeights) {
    int[][] plan = WeightPlan.weights(percent, same(blue), same(green));

    assertThat(plan[0]).containsExactly(numbers(blueWeights));
    assertThat(plan[1]).containsExactly(numbers(greenWeights));
  }

  private static int[] numbers(String text) {
    return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void proportions_within_a_side_are_kept() {
    int[][] plan = WeightPlan.weights(50, new int[] {200, 100}, new int[] {10, 30});

    assertThat(plan[0]).containsExactly(8, 4);
    assertThat(plan[1]).containsExactly(3, 9);
  }

  @Test
  void the_share_is_exact_for_every_percentage_and_any_number_of_servers() {
    for (int percent = 0; percent <= 100; percent++) {
      for (int blue = 1; blue <= 12; blue++) {
        for (int green = 1; green <= 12; green++) {
          assertExact(percent, WeightPlan.weights(percent, same(blue), same(green)));
        }
      }
    }
  }

  @Test
  void the_share_is_exact_for_uneven_configured_weights_too() {
    long seed = 20_261_125L;
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      int[] blue =
          IntStream.range(0, 1 + random.nextInt(6)).map(_ -> 1 + random.nextInt(256)).toArray();
      int[] green =
          IntStream.range(0, 1 + random.nextInt(6)).map(_ -> 1 + random.nextInt(256)).toArray();
      int percent = random.nextInt(101);
      assertExact(percent, WeightPlan.weights(percent, blue, green));
    }
  }

  private static void assertExact(int percent, int[][] plan) {
    long blue = IntStream.of(plan[0]).sum();
    long green = IntStream.of(plan[1]).sum();
    assertThat(green * 100)
        .as("%d %% as %d : %d", percent, blue, green)
        .isEqualTo(percent * (blue + green));
    assertThat(blue + green).isPositive();
    assertThat(IntStream.concat(IntStream.of(plan[0]), IntStream.of(plan[1])).boxed())
        .allMatch(weight -> weight >= 0 && weight <= Router.MAX_WEIGHT);
  }

  @Test
  void changes_never_leave_all_at_zero_and_never_overshoot() {
    for (int from = 0; from <= 100; from++) {
      for (int to = 0; to <= 100; to++) {
        Map<String, Integer> now = new HashMap<>(plan(from).weights());
        double most = Math.max(from, to) + 1e-9;
        for (WeightChange change : plan(to).changes(observed(now), SIDES)) {
          now.put(change.server(), change.weight());
          Split split = Split.of(observed(now), SIDES);
          assertThat(split.blue() + split.green()).as("%d to %d", from, to).isPositive();
          assertThat(split.percentGreen()).as("%d to %d", from, to).isLessThanOrEqualTo(most);
        }
        assertThat(plan(to).isIn(observed(now))).isTrue();
      }
    }
  }

  private static WeightPlan plan(int percent) {
    return WeightPlan.of(percent, weights(100, 100, 0, 0), SIDES);
  }

  private static Observation observed(Map<String, Integer> now) {
    return weights(
        now.getOrDefault("blue-1", -1),
        now.getOrDefault("blue-2", -1),
        now.getOrDefault("green-1", -1),
        now.getOrDefault("green-2", -1));
  }

  @Test
  void a_percentage_out_of_range_is_refused() {
    assertThatThrownBy(() -> plan(101)).hasMessageContaining("0 to 100");
    assertThatThrownBy(() -> plan(-1)).hasMessageContaining("0 to 100");
  }
}
