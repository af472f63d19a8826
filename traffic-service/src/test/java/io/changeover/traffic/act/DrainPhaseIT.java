package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Procedures;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.Eventually;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.traffic.testing.Load;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.testing.FakePhaseContext;
import io.changeover.worker.testing.FakePhaseContext.Death;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drain and the way back at a real HAProxy under load.
class DrainPhaseIT {

  @TempDir Path folder;
  private Estate estate;
  private Load load;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    estate = Estate.checked(folder);
    cluster = estate.cluster();
    load = Load.start(estate.haproxy().frontPort(), 200);
    Eventually.until("checked servers", () -> allUp());
  }

  private boolean allUp() {
    return estate.observe(HaproxyProcess.PROXY).servers().stream().allMatch(s -> s.usable());
  }

  @AfterEach
  void stop() {
    load.close();
    estate.close();
  }

  private void allOnGreen() {
    estate.green().forEach(up -> weight(up.name(), 100));
    estate.blue().forEach(up -> weight(up.name(), 0));
  }

  private void weight(String server, int weight) {
    estate.hand().setWeight(HaproxyProcess.PROXY, server, weight);
  }

  private Outcome drain() throws InterruptedException {
    PhaseCommand command =
        FakePhaseContext.command("payments", Actions.DRAIN).setSide("blue").build();
    return new DrainPhase(estate.tools()).run(FakePhaseContext.of(command, cluster));
  }

  private Outcome restore() throws InterruptedException {
    PhaseCommand command = FakePhaseContext.command("payments", Actions.RESTORE_TRAFFIC).build();
    return new RestorePhase(estate.tools()).run(FakePhaseContext.of(command, cluster));
  }

  private List<AdminState> blueStates() {
    return estate.observe(HaproxyProcess.PROXY).servers(List.of("blue-1", "blue-2")).stream()
        .map(server -> server.admin())
        .toList();
  }

  @Test
  void blue_is_drained_when_no_request_is_left_there() throws InterruptedException {
    allOnGreen();

    Outcome outcome = drain();

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts()).containsEntry(Facts.SESSIONS_BLUE, "0");
    assertThat(blueStates()).containsOnly(AdminState.DRAIN);
    assertThat(drain().facts()).as("a repeat").isEqualTo(outcome.facts());
    assertThat(load.failures()).isEmpty();
  }

  /// From 1.5 to 2.1: what is in work is answered, and then nobody is served.
  @Test
  void with_downtime_blue_is_drained_while_nobody_else_serves() throws InterruptedException {
    estate.green().forEach(up -> weight(up.name(), 0));
    PhaseCommand command =
        FakePhaseContext.command("payments", Actions.DRAIN)
            .setSide("blue")
            .setProcedure(Procedures.DOWNTIME)
            .build();

    Outcome outcome = new DrainPhase(estate.tools()).run(FakePhaseContext.of(command, cluster));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts()).containsEntry(Facts.SESSIONS_BLUE, "0");
    assertThat(blueStates()).containsOnly(AdminState.DRAIN);
  }

  @Test
  void a_worker_that_dies_after_any_effect_of_a_drain_or_a_return_is_continued_by_the_next_attempt()
      throws InterruptedException {
    allOnGreen();
    Map<String, String> drained = drain().facts();
    Map<String, String> returned = weights(restore().facts());
    for (int effects = 0; effects <= 5; effects++) {
      allOnGreen();
      dies(new DrainPhase(estate.tools()), Actions.DRAIN, Math.min(effects, 1));
      assertThat(drain().facts()).as("after %d effects", effects).isEqualTo(drained);
      assertThat(blueStates()).containsOnly(AdminState.DRAIN);

      dies(new RestorePhase(estate.tools()), Actions.RESTORE_TRAFFIC, effects);
      assertThat(weights(restore().facts())).as("after %d effects", effects).isEqualTo(returned);
      assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
    }
    assertThat(load.failures()).isEmpty();
  }

  /// Times and counts differ from run to run.
  private static Map<String, String> weights(Map<String, String> facts) {
    return Map.of(
        Facts.WEIGHT_GREEN, facts.get(Facts.WEIGHT_GREEN),
        Facts.WEIGHT_BLUE, facts.get(Facts.WEIGHT_BLUE),
        Facts.REQUESTS_GREEN, facts.get(Facts.REQUESTS_GREEN));
  }

  private void dies(PhaseWork phase, String action, int effects) {
    PhaseCommand command = FakePhaseContext.command("payments", action).setSide("blue").build();
    assertThatThrownBy(
            () -> phase.run(FakePhaseContext.of(command, cluster).dieAfterEffects(effects)))
        .as("%s after %d effects", action, effects)
        .isInstanceOf(Death.class);
  }

  @Test
  void an_opened_admin_api_of_green_stops_the_drain_before_blue_is_touched()
      throws InterruptedException {
    allOnGreen();
    estate.hand().setState(HaproxyProcess.ADMIN, "green-1", AdminState.READY);

    assertThat(drain())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
              assertThat(failed.reason()).contains("admin fence").contains("green-1");
            });
    assertThat(blueStates()).containsOnly(AdminState.READY);
  }

  @Test
  void an_admin_api_of_green_that_is_opened_while_blue_drains_is_a_hold()
      throws InterruptedException {
    estate.blue().forEach(up -> up.slow(Duration.ofSeconds(20)));
    Eventually.until("a request stuck on blue", () -> blueSessions() > 0);
    allOnGreen();
    PhaseCommand command =
        FakePhaseContext.command("payments", Actions.DRAIN).setSide("blue").build();
    FakePhaseContext context = FakePhaseContext.of(command, cluster);
    context.onProgress(
        _ -> estate.hand().setState(HaproxyProcess.ADMIN, "green-2", AdminState.READY));

    assertThat(new DrainPhase(estate.tools()).run(context))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
              assertThat(failed.reason()).contains("green-2 (ready)");
            });
  }

  @Test
  void requests_that_outlive_the_drain_time_are_told() throws InterruptedException {
    estate.blue().forEach(up -> up.slow(Duration.ofSeconds(20)));
    Eventually.until("a request stuck on blue", () -> blueSessions() > 0);
    allOnGreen();
    Outcome drained = drain();

    assertThat(drained).isInstanceOf(Outcome.Done.class);
    assertThat(Long.parseLong(drained.facts().get(Facts.SESSIONS_BLUE))).isPositive();
    assertThat(drained.findings())
        .extracting(finding -> finding.getCode())
        .contains("router.sessions-left");
  }

  private long blueSessions() {
    return estate.observe(HaproxyProcess.PROXY).servers(List.of("blue-1", "blue-2")).stream()
        .mapToLong(server -> server.sessions())
        .sum();
  }

  @Test
  void a_drain_while_blue_still_carries_traffic_is_refused() throws InterruptedException {
    assertThat(drain())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.FATAL));
    assertThat(blueStates()).containsOnly(AdminState.READY);
  }

  @Test
  void restore_undoes_a_drain_and_gives_all_traffic_back() throws InterruptedException {
    allOnGreen();
    drain();

    Outcome outcome = restore();

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts())
        .containsEntry(Facts.WEIGHT_GREEN, "0")
        .containsEntry(Facts.WEIGHT_BLUE, "100")
        .containsEntry(Facts.REQUESTS_GREEN, "0");
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
    assertThat(blueStates()).containsOnly(AdminState.READY);
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void restore_goes_back_from_weights_that_nobody_knows() throws InterruptedException {
    weight("green-2", 77);
    weight("blue-1", 3);

    assertThat(restore()).isInstanceOf(Outcome.Done.class);
    assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
  }

  @Test
  void restore_leaves_traffic_on_green_until_a_blue_server_is_up() throws InterruptedException {
    allOnGreen();
    estate.blue().forEach(up -> up.close());
    Eventually.until(
        "blue seen down",
        () ->
            estate.observe(HaproxyProcess.PROXY).servers(List.of("blue-1", "blue-2")).stream()
                .noneMatch(server -> server.usable()));
    PhaseCommand command =
        FakePhaseContext.command("payments", Actions.RESTORE_TRAFFIC)
            .setDeadline(java.time.Instant.now().plusSeconds(3))
            .build();

    Outcome outcome = new RestorePhase(estate.tools()).run(FakePhaseContext.of(command, cluster));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE));
    assertThat(estate.weights()).isEqualTo(List.of(0, 0, 100, 100));
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void a_shift_waits_for_a_green_server_that_the_router_has_not_seen_up_yet()
      throws InterruptedException {
    estate.green().getFirst().close();
    Eventually.until(
        "green-1 seen down",
        () -> !estate.observe(HaproxyProcess.PROXY).server("green-1").orElseThrow().usable());
    PhaseCommand command =
        FakePhaseContext.command("payments", Actions.SHIFT)
            .setStep(TrafficStep.newBuilder().setFromWeight(0).setSetWeight(50).build())
            .build();
    CompletableFuture<Outcome> shifted =
        CompletableFuture.supplyAsync(
            () -> new ShiftOnThread(estate).run(FakePhaseContext.of(command, cluster)));
    estate.green().getFirst().reopen();

    assertThat(shifted.join()).isInstanceOf(Outcome.Done.class);
  }

  private record ShiftOnThread(Estate estate) {
    Outcome run(FakePhaseContext context) {
      try {
        return new ShiftPhase(estate.tools()).run(context);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
