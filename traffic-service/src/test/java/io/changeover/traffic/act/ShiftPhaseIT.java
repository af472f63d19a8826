package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.inventory.Cluster;
import io.changeover.messages.Analysis;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Metric;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.decide.Split;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.Eventually;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.traffic.testing.Load;
import io.changeover.worker.Outcome;
import io.changeover.worker.SupersededException;
import io.changeover.worker.testing.FakePhaseContext;
import io.changeover.worker.testing.FakePhaseContext.Death;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Steps at a real HAProxy under load.
class ShiftPhaseIT {

  @TempDir Path folder;
  private Estate estate;
  private Load load;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    estate = Estate.start(folder);
    cluster = estate.cluster();
    load = Load.start(estate.haproxy().frontPort(), 300);
  }

  @AfterEach
  void stop() {
    load.close();
    estate.close();
  }

  private static TrafficStep.Builder step(int from, int to) {
    return TrafficStep.newBuilder().setFromWeight(from).setSetWeight(to).setPauseMillis(0);
  }

  private static Analysis analysis(long minimum, String name, String condition) {
    return Analysis.newBuilder()
        .setIntervalMillis(300)
        .setCount(2)
        .setMinimumRequests(minimum)
        .setMetrics(
            List.of(
                Metric.newBuilder()
                    .setName(name)
                    .setSuccessCondition(condition)
                    .setConsecutiveErrorLimit(3)
                    .build()))
        .build();
  }

  private static PhaseCommand.Builder command(TrafficStep.Builder step) {
    return FakePhaseContext.command("payments", Actions.SHIFT)
        .setStep(step.build())
        .setDeadline(Instant.now().plusSeconds(120));
  }

  private Outcome run(PhaseCommand.Builder command) throws InterruptedException {
    return phase().run(FakePhaseContext.of(command.build(), cluster));
  }

  private ShiftPhase phase() {
    return new ShiftPhase(estate.tools());
  }

  private static Outcome.Failed failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  @Test
  void a_step_is_done_when_requests_agree_with_weights_and_the_analysis_is_successful()
      throws InterruptedException {
    Outcome outcome =
        run(
            command(
                step(0, 25)
                    .setAnalysis(analysis(20, "success-rate", "result >= baseline - 0.01"))));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts())
        .containsEntry(Facts.WEIGHT_GREEN, "25")
        .containsEntry(Facts.WEIGHT_BLUE, "75");
    assertThat(Double.parseDouble(outcome.facts().get(Facts.SHARE_GREEN))).isBetween(0.2, 0.3);
    assertThat(Long.parseLong(outcome.facts().get(Facts.REQUESTS_GREEN)))
        .isGreaterThanOrEqualTo(40);
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void all_steps_up_to_100_percent_lose_no_request() throws InterruptedException {
    int from = 0;
    for (int to : new int[] {5, 50, 100}) {
      assertThat(run(command(step(from, to))))
          .as("step to %d", to)
          .isInstanceOf(Outcome.Done.class);
      from = to;
    }

    assertThat(estate.weights()).isEqualTo(List.of(0, 0, 100, 100));
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void a_repeat_changes_nothing_and_reports_the_same_weights() throws InterruptedException {
    Outcome first = run(command(step(0, 50)));
    List<Integer> weights = estate.weights();

    Outcome second = run(command(step(0, 50)));

    assertThat(estate.weights()).isEqualTo(weights);
    assertThat(second).isInstanceOf(Outcome.Done.class);
    assertThat(second.facts())
        .containsEntry(Facts.WEIGHT_GREEN, first.facts().get(Facts.WEIGHT_GREEN));
  }

  @Test
  void errors_of_green_send_all_traffic_back_to_blue_within_two_seconds()
      throws InterruptedException {
    estate.green().forEach(up -> up.fail(0.5));

    Outcome.Failed failed =
        failed(
            run(command(step(0, 50).setAnalysis(analysis(20, "success-rate", "result >= 0.99")))));

    assertThat(failed.kind()).isEqualTo(FailureKind.BREACHED);
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
    Instant breach = Instant.parse(failed.facts().get(Facts.BREACH_AT));
    Instant zero = Instant.parse(failed.facts().get(Facts.ZERO_AT));
    assertThat(Duration.between(breach, zero)).isLessThan(Duration.ofSeconds(2));
    assertThat(failed.facts()).containsEntry(Facts.WEIGHT_GREEN, "0");
  }

  @Test
  void a_slow_green_breaches_a_condition_on_its_latency() throws InterruptedException {
    estate.green().forEach(up -> up.slow(Duration.ofMillis(150)));

    Outcome.Failed failed =
        failed(
            run(
                command(
                    step(0, 50)
                        .setAnalysis(analysis(20, "latency-p95", "result <= baseline + 100")))));

    assertThat(failed.kind()).isEqualTo(FailureKind.BREACHED);
    assertThat(failed.facts()).containsEntry(Facts.LATENCY_SOURCE, "log");
    assertThat(Double.parseDouble(failed.facts().get("latency.p95.green")))
        .isGreaterThanOrEqualTo(149);
  }

  @Test
  void without_a_log_stream_latency_is_judged_on_averages_and_the_report_says_so()
      throws InterruptedException, IOException {
    cluster = estate.cluster(true, false);

    Outcome outcome =
        run(command(step(0, 50).setAnalysis(analysis(20, "latency-p99", "result <= 5000"))));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts()).containsEntry(Facts.LATENCY_SOURCE, "average");
    assertThat(outcome.findings()).extracting(finding -> finding.getCode()).contains("log.absent");
  }

  @Test
  void foreign_weights_are_a_hold_and_stay_as_they_are() throws InterruptedException {
    estate.hand().setWeight(HaproxyProcess.PROXY, "green-1", 40);
    List<Integer> foreign = estate.weights();

    Outcome.Failed failed = failed(run(command(step(0, 25))));

    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.facts()).containsEntry(Facts.WEIGHT_FOUND, "blue=83.33,green=16.67");
    assertThat(estate.weights()).isEqualTo(foreign);
  }

  @Test
  void weights_changed_during_the_step_are_a_hold() throws InterruptedException {
    FakePhaseContext context =
        FakePhaseContext.of(command(step(0, 25).setPauseMillis(60_000)).build(), cluster);
    context.onProgress(_ -> estate.hand().setWeight(HaproxyProcess.PROXY, "green-2", 200));

    Outcome.Failed failed = failed(phase().run(context));

    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.facts()).containsKey(Facts.WEIGHT_FOUND);
    assertThat(estate.weights()).last().isEqualTo(200);
  }

  @Test
  void an_opened_admin_api_of_green_is_a_hold_before_any_weight_moves()
      throws InterruptedException {
    estate.hand().setState(HaproxyProcess.ADMIN, "green-2", AdminState.READY);

    Outcome.Failed failed = failed(run(command(step(0, 25))));

    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("green-2 (ready)").doesNotContain("green-1");
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
    assertThat(estate.observe(HaproxyProcess.ADMIN).server("green-2").orElseThrow().admin())
        .as("not set back")
        .isEqualTo(AdminState.READY);
  }

  @Test
  void an_admin_api_of_green_that_is_opened_during_the_step_is_a_hold()
      throws InterruptedException {
    FakePhaseContext context =
        FakePhaseContext.of(command(step(0, 25).setPauseMillis(60_000)).build(), cluster);
    context.onProgress(
        _ -> estate.hand().setState(HaproxyProcess.ADMIN, "green-1", AdminState.DRAIN));

    Outcome.Failed failed = failed(phase().run(context));

    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("green-1 (drain)");
  }

  @Test
  void a_green_server_that_is_not_ready_stops_the_step_before_any_weight_moves()
      throws InterruptedException {
    estate.hand().setState(HaproxyProcess.PROXY, "green-2", AdminState.MAINT);

    Outcome.Failed failed = failed(run(command(step(0, 25))));

    assertThat(failed.reason()).contains("green-2");
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
  }

  @Test
  void too_few_requests_until_the_deadline_are_inconclusive() throws InterruptedException {
    Outcome.Failed failed =
        failed(
            run(
                command(
                        step(0, 25)
                            .setAnalysis(analysis(1_000_000, "success-rate", "result >= 0.99")))
                    .setDeadline(Instant.now().plusSeconds(3))));

    assertThat(failed.kind()).isEqualTo(FailureKind.INCONCLUSIVE);
    assertThat(failed.reason()).contains("1000000 requests on green");
  }

  @Test
  void a_router_that_is_down_is_unknown_and_moves_nothing() throws InterruptedException {
    estate.haproxy().kill();

    assertThat(failed(run(command(step(0, 25)))).kind()).isEqualTo(FailureKind.RETRYABLE);
  }

  @Test
  void a_router_that_dies_during_the_step_is_an_error_and_no_breach() throws InterruptedException {
    FakePhaseContext context =
        FakePhaseContext.of(
            command(
                    step(0, 25)
                        .setPauseMillis(60_000)
                        .setAnalysis(analysis(20, "success-rate", "result >= 0.99")))
                .build(),
            cluster);
    context.onProgress(_ -> estate.haproxy().kill());

    assertThat(failed(phase().run(context)).kind()).isEqualTo(FailureKind.RETRYABLE);
  }

  @Test
  void a_router_that_restarts_with_the_weights_of_its_file_was_changed_behind_our_back()
      throws InterruptedException {
    FakePhaseContext context =
        FakePhaseContext.of(command(step(0, 25).setPauseMillis(60_000)).build(), cluster);
    CompletableFuture<Void> restarted = new CompletableFuture<>();
    context.onProgress(
        _ -> {
          if (!restarted.isDone()) {
            restart();
            restarted.complete(null);
          }
        });

    Outcome.Failed failed = failed(phase().run(context));

    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.facts()).containsEntry(Facts.WEIGHT_FOUND, "blue=100,green=0");
  }

  private void restart() {
    try {
      estate.haproxy().restart();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_cancelled_step_stops_where_it_is() throws InterruptedException {
    FakePhaseContext context =
        FakePhaseContext.of(command(step(0, 25).setPauseMillis(60_000)).build(), cluster);
    context.onProgress(_ -> context.cancel());

    assertThatThrownBy(() -> phase().run(context))
        .isInstanceOf(SupersededException.class)
        .hasMessageContaining("cancelled");

    assertThat(Split.of(estate.observe(HaproxyProcess.PROXY), sides()).isPercent(25)).isTrue();
  }

  private Sides sides() {
    return new Sides(List.of("blue-1", "blue-2"), List.of("green-1", "green-2"));
  }

  @Test
  void a_worker_that_dies_after_any_weight_of_a_step_is_continued_by_the_next_attempt()
      throws InterruptedException {
    for (int effects = 0; effects <= 4; effects++) {
      weights(100, 0);
      FakePhaseContext dying =
          FakePhaseContext.of(command(step(0, 25)).build(), cluster).dieAfterEffects(effects);
      assertThatThrownBy(() -> phase().run(dying)).isInstanceOf(Death.class);

      Outcome outcome = run(command(step(0, 25)).setAttempt(2));

      assertThat(outcome).as("after %d weights", effects).isInstanceOf(Outcome.Done.class);
      assertThat(outcome.facts())
          .containsEntry(Facts.WEIGHT_GREEN, "25")
          .containsEntry(Facts.WEIGHT_BLUE, "75");
    }
  }

  @Test
  void a_worker_that_dies_while_a_breached_soak_goes_back_is_followed_by_one_that_ends_the_return()
      throws InterruptedException {
    PhaseCommand.Builder soak =
        command(
                step(100, 100)
                    .setPauseMillis(60_000)
                    .setAnalysis(analysis(20, "success-rate", "result >= 0.99")))
            .setAction(Actions.SOAK);
    for (int effects = 0; effects <= 4; effects++) {
      weights(0, 100);
      estate.green().forEach(up -> up.fail(0.5));
      FakePhaseContext dying =
          FakePhaseContext.of(soak.setAttempt(1).build(), cluster).dieAfterEffects(effects);
      assertThatThrownBy(() -> phase().run(dying)).isInstanceOf(Death.class);

      Outcome.Failed failed = failed(run(soak.setAttempt(2)));

      assertThat(failed.kind())
          .as("after %d weights: %s", effects, failed.reason())
          .isEqualTo(FailureKind.BREACHED);
      assertThat(failed.facts())
          .containsKeys(Facts.BREACH_AT, Facts.ZERO_AT)
          .containsEntry(Facts.WEIGHT_GREEN, "0");
      assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
    }
  }

  private void weights(int blue, int green) {
    estate.green().forEach(up -> weight(up.name(), green));
    estate.blue().forEach(up -> weight(up.name(), blue));
  }

  private void weight(String server, int weight) {
    estate.hand().setWeight(HaproxyProcess.PROXY, server, weight);
  }

  @Test
  void the_next_attempt_after_a_breach_whose_report_was_lost_reports_the_breach()
      throws InterruptedException {
    assertThat(run(command(step(0, 25)))).isInstanceOf(Outcome.Done.class);
    new RestorePhase(estate.tools())
        .run(
            FakePhaseContext.of(
                FakePhaseContext.command("payments", Actions.RESTORE_TRAFFIC).build(), cluster));

    Outcome.Failed failed = failed(run(command(step(25, 50)).setAttempt(2)));

    assertThat(failed.kind()).isEqualTo(FailureKind.BREACHED);
    assertThat(failed.facts()).containsKeys(Facts.BREACH_AT, Facts.ZERO_AT);
  }

  @Test
  void soak_never_moves_weights() throws InterruptedException {
    PhaseCommand.Builder soak = command(step(100, 100)).setAction(Actions.SOAK);

    Outcome.Failed failed = failed(run(soak));

    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
  }

  @Test
  void soak_at_100_percent_compares_with_the_last_baseline_and_goes_back_on_a_breach()
      throws InterruptedException {
    Analysis relative = analysis(20, "success-rate", "result >= baseline - 0.01");
    assertThat(run(command(step(0, 50).setAnalysis(relative)))).isInstanceOf(Outcome.Done.class);
    assertThat(run(command(step(50, 100).setAnalysis(relative)))).isInstanceOf(Outcome.Done.class);
    PhaseCommand.Builder soak =
        command(step(100, 100).setPauseMillis(60_000).setAnalysis(relative))
            .setAction(Actions.SOAK);
    FakePhaseContext context = FakePhaseContext.of(soak.build(), cluster);
    context.onProgress(_ -> estate.green().forEach(up -> up.fail(0.3)));

    Outcome.Failed failed = failed(phase().run(context));

    assertThat(failed.kind()).isEqualTo(FailureKind.BREACHED);
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
    long after = load.sent() + 50;
    Eventually.until("fresh requests", () -> load.sent() > after);
  }
}
