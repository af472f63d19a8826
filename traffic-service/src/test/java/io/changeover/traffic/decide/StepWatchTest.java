package io.changeover.traffic.decide;

import static io.changeover.traffic.testing.Observations.SIDES;
import static io.changeover.traffic.testing.Observations.START;
import static io.changeover.traffic.testing.Observations.at;
import static io.changeover.traffic.testing.Observations.counted;
import static io.changeover.traffic.testing.Observations.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Condition;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.OperState;
import io.changeover.traffic.router.Reading;
import io.changeover.traffic.router.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepWatchTest {

  private static final WeightPlan HALF =
      new WeightPlan(Map.of("blue-1", 1, "blue-2", 1, "green-1", 1, "green-2", 1));

  private static StepGoal goal(Duration pause, long minimum, MetricRule... rules) {
    return new StepGoal(50, pause, Duration.ofSeconds(5), 2, minimum, List.of(rules));
  }

  private static MetricRule rate(String success) {
    return new MetricRule(
        MetricName.SUCCESS_RATE, Optional.of(Condition.parse(success)), Optional.empty(), 0, 1, 0);
  }

  private static MetricRule p95(String success) {
    return new MetricRule(
        MetricName.LATENCY_P95, Optional.of(Condition.parse(success)), Optional.empty(), 0, 1, 0);
  }

  /// Everything at half, with these total counts per side (all on the first server).
  private static Observation half(double seconds, long blue, long green, long greenFailures) {
    return half(seconds, "1@1", blue, green, greenFailures);
  }

  private static Observation half(
      double seconds, String process, long blue, long green, long greenFailures) {
    return at(
        seconds,
        process,
        counted(server("blue-1", 1), blue, 0),
        server("blue-2", 1),
        counted(server("green-1", 1), green, greenFailures),
        server("green-2", 1));
  }

  private static StepWatch watch(StepGoal goal) {
    return watch(goal, Map.of());
  }

  private static StepWatch watch(StepGoal goal, Map<MetricName, Double> remembered) {
    return new StepWatch(goal, SIDES, HALF, half(0, 0, 0, 0), remembered);
  }

  private static Look see(StepWatch watch, Observation observation) {
    return see(watch, observation, LogWindow.NONE);
  }

  private static Look see(StepWatch watch, Observation observation, LogWindow log) {
    return watch.see(new Reading.Seen(observation), observation.at(), () -> log);
  }

  private static Look silent(StepWatch watch, double seconds) {
    Instant now = START.plusMillis((long) (seconds * 1000));
    return watch.see(new Reading.Unknown("silent"), now, () -> LogWindow.NONE);
  }

  @Test
  void a_step_without_analysis_is_done_when_the_share_agrees_and_the_pause_is_over() {
    StepWatch watch = watch(goal(Duration.ofSeconds(3), 0));

    assertThat(see(watch, half(1, 10, 10, 0))).isInstanceOf(Look.Watching.class);
    assertThat(see(watch, half(2, 100, 100, 0)))
        .isEqualTo(new Look.Watching(List.of("the pause of 3 s")));
    assertThat(see(watch, half(3, 110, 110, 0))).isEqualTo(new Look.Done());
    assertThat(watch.total().green().counters().requests()).isEqualTo(110);
  }

  @Test
  void a_share_that_disagrees_is_not_done_and_a_new_window_can_agree() {
    StepWatch watch = watch(goal(Duration.ZERO, 0));

    assertThat(see(watch, half(1, 200, 20, 0))).isInstanceOf(Look.Watching.class);
    assertThat(watch.share().share()).isLessThan(0.1);
    assertThat(see(watch, half(2, 300, 120, 0))).isEqualTo(new Look.Done());
  }

  @Test
  void a_step_waits_for_its_minimum_of_requests_however_long() {
    StepWatch watch = watch(goal(Duration.ZERO, 500));

    assertThat(see(watch, half(100, 100, 100, 0)))
        .isEqualTo(new Look.Watching(List.of("500 requests on green (100 seen)")));
    assertThat(see(watch, half(200, 500, 500, 0))).isEqualTo(new Look.Done());
  }

  @Test
  void measurements_need_interval_and_requests_and_count_of_them_are_successful() {
    StepWatch watch = watch(goal(Duration.ZERO, 50, rate("result >= 0.99")));

    assertThat(see(watch, half(4, 100, 100, 0))).isInstanceOf(Look.Watching.class);
    assertThat(watch.run().tallies().getFirst().measured()).isZero();
    see(watch, half(5, 110, 110, 0));
    assertThat(watch.run().tallies().getFirst().measured()).isEqualTo(1);
    see(watch, half(10, 140, 140, 0));
    assertThat(watch.run().tallies().getFirst().measured()).as("too few requests").isEqualTo(1);
    assertThat(see(watch, half(11, 170, 170, 0))).isEqualTo(new Look.Done());
  }

  @Test
  void failures_of_green_breach_at_the_first_measurement_beyond_the_limit() {
    StepWatch watch = watch(goal(Duration.ZERO, 50, rate("result >= 0.99")));

    assertThat(see(watch, half(5, 100, 100, 2)))
        .isInstanceOfSatisfying(
            Look.Breached.class,
            breached -> assertThat(breached.why()).contains("success-rate 0.9800"));
  }

  @Test
  void what_happened_before_a_window_does_not_count_in_it() {
    StepWatch watch =
        new StepWatch(
            goal(Duration.ZERO, 50, rate("result >= 0.99")),
            SIDES,
            HALF,
            half(0, 1000, 1000, 500),
            Map.of());

    assertThat(see(watch, half(5, 1100, 1100, 500))).isInstanceOf(Look.Watching.class);
  }

  @Test
  void analysis_goes_on_during_the_pause_and_still_breaches_after_its_count() {
    StepWatch watch = watch(goal(Duration.ofMinutes(10), 10, rate("result >= 0.99")));
    for (long i = 1; i <= 10; i++) {
      assertThat(see(watch, half(5.0 * i, 100 * i, 100 * i, 0))).isInstanceOf(Look.Watching.class);
    }

    assertThat(see(watch, half(55, 1100, 1100, 60))).isInstanceOf(Look.Breached.class);
  }

  @Test
  void a_router_that_does_not_answer_is_an_error_per_interval_and_never_a_breach() {
    StepWatch watch = watch(goal(Duration.ZERO, 10, rate("result >= 0.99")));

    assertThat(silent(watch, 1)).isInstanceOf(Look.Watching.class);
    assertThat(silent(watch, 5)).isInstanceOf(Look.Watching.class);
    assertThat(silent(watch, 6)).isInstanceOf(Look.Watching.class);
    assertThat(silent(watch, 10)).isEqualTo(new Look.Unmeasurable("silent"));
  }

  @Test
  void a_router_that_answers_again_goes_on() {
    StepWatch watch = watch(goal(Duration.ZERO, 10, rate("result >= 0.99")));

    silent(watch, 5);
    assertThat(see(watch, half(10, 100, 100, 0))).isInstanceOf(Look.Watching.class);
    assertThat(silent(watch, 15)).isInstanceOf(Look.Watching.class);
    assertThat(see(watch, half(20, 200, 200, 0))).isEqualTo(new Look.Done());
  }

  @Test
  void without_analysis_ten_seconds_of_silence_are_unmeasurable() {
    StepWatch watch = watch(goal(Duration.ZERO, 0));

    assertThat(silent(watch, 9)).isInstanceOf(Look.Watching.class);
    assertThat(silent(watch, 11)).isEqualTo(new Look.Unmeasurable("silent"));
  }

  @Test
  void a_restart_that_kept_the_weights_makes_the_window_unknown_and_not_wrong() {
    StepWatch watch = watch(goal(Duration.ZERO, 10, rate("result >= 0.99")));
    see(watch, half(4, 100, 100, 90));

    assertThat(see(watch, half(5, "2@2", 3, 3, 0))).isInstanceOf(Look.Watching.class);
    assertThat(watch.run().tallies().getFirst().errors()).isEqualTo(1);
    assertThat(see(watch, half(10, "2@2", 103, 103, 0))).isInstanceOf(Look.Watching.class);
    assertThat(see(watch, half(15, "2@2", 203, 203, 0))).isEqualTo(new Look.Done());
    assertThat(watch.total().green().counters().requests()).isEqualTo(300);
  }

  @Test
  void weights_or_states_of_somebody_elses_are_a_hold() {
    StepWatch watch = watch(goal(Duration.ZERO, 0));
    Server[] moved = {
      server("blue-1", 1), server("blue-2", 1), server("green-1", 1), server("green-2", 2)
    };
    Server[] stopped = {
      server("blue-1", 1),
      server("blue-2", 1, AdminState.MAINT, OperState.DOWN),
      server("green-1", 1),
      server("green-2", 1)
    };

    assertThat(see(watch, at(1, "1@1", moved)))
        .isEqualTo(new Look.ChangedBehindOurBack("blue=40,green=60"));
    assertThat(see(watch, at(1, "1@1", stopped)))
        .isEqualTo(new Look.ChangedBehindOurBack("blue=33.33,green=66.67"));
  }

  @Test
  void a_green_that_is_down_altogether_is_a_breach_and_one_server_down_is_waited_for() {
    Server down1 = server("green-1", 1, AdminState.READY, OperState.DOWN);
    Server down2 = server("green-2", 1, AdminState.READY, OperState.DOWN);
    StepWatch watch = watch(goal(Duration.ZERO, 0));

    assertThat(
            see(
                watch,
                at(
                    1,
                    "1@1",
                    server("blue-1", 1),
                    server("blue-2", 1),
                    down1,
                    server("green-2", 1))))
        .isInstanceOfSatisfying(
            Look.Watching.class,
            look -> assertThat(look.waitingFor()).contains("server green-1 to be up"));
    assertThat(see(watch, at(1, "1@1", server("blue-1", 1), server("blue-2", 1), down1, down2)))
        .isInstanceOf(Look.Breached.class);
  }

  @Test
  void percentiles_come_from_the_log_when_it_covers_the_window_else_averages_do() {
    Latencies blue = new Latencies(100, 5, 5, 6, 7);
    Latencies green = new Latencies(100, 50, 40, 500, 900);
    StepWatch logged = watch(goal(Duration.ZERO, 10, p95("result <= baseline + 100")));
    StepWatch lossy = watch(goal(Duration.ZERO, 10, p95("result <= baseline + 100")));

    assertThat(see(logged, half(5, 100, 100, 0), new LogWindow(blue, green)))
        .isInstanceOf(Look.Breached.class);
    assertThat(see(lossy, half(5, 200, 200, 0), new LogWindow(blue, green)))
        .isInstanceOf(Look.Watching.class);
    assertThat(lossy.gauge().orElseThrow().fromLog()).isFalse();
    assertThat(lossy.gauge().orElseThrow().green()).containsEntry(MetricName.LATENCY_P95, 10.0);
  }

  @Test
  void without_traffic_on_blue_the_last_baseline_is_compared_with_or_nothing_is_said() {
    MetricRule relative = rate("result >= baseline - 0.01");
    StepGoal all =
        new StepGoal(100, Duration.ZERO, Duration.ofSeconds(5), 1, 10, List.of(relative));

    assertThat(see(full(all, Map.of()), fullObservation(5, 200)))
        .isInstanceOfSatisfying(
            Look.Inconclusive.class, look -> assertThat(look.why()).contains("no baseline"));
    assertThat(see(full(all, Map.of(MetricName.SUCCESS_RATE, 1.0)), fullObservation(5, 200)))
        .isEqualTo(new Look.Done());
  }

  private static StepWatch full(StepGoal goal, Map<MetricName, Double> remembered) {
    WeightPlan plan =
        new WeightPlan(Map.of("blue-1", 0, "blue-2", 0, "green-1", 100, "green-2", 100));
    return new StepWatch(goal, SIDES, plan, fullObservation(0, 0), remembered);
  }

  private static Observation fullObservation(double seconds, long green) {
    return at(
        seconds,
        "1@1",
        server("blue-1", 0),
        server("blue-2", 0),
        counted(server("green-1", 100), green, 0),
        server("green-2", 100));
  }
}
