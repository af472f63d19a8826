package io.changeover.planner.core;

import static io.changeover.planner.core.ForwardTest.timer;
import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.RetryScheduled;
import io.changeover.planner.core.UpgradeEvent.RollbackStarted;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradeRolledBack;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackTest {
  @ParameterizedTest(name = "from {0}: {1}")
  @CsvSource({
    "preflight,        rollback-verify",
    "preflight-router, rollback-verify",
    "backup,           rollback-verify",
    "fence-admin,      rollback-open-admin rollback-verify",
    "migrate-up,       rollback-open-admin rollback-verify",
    "start-green,      rollback-stop-green rollback-open-admin rollback-verify",
    "shift-25,         rollback-traffic rollback-stop-green rollback-open-admin rollback-verify",
    "shift-100,        rollback-traffic rollback-stop-green rollback-open-admin rollback-verify",
    "soak,             rollback-traffic rollback-stop-green rollback-open-admin rollback-verify",
    "drain-blue,       rollback-traffic rollback-stop-green rollback-open-admin rollback-verify",
    "stop-blue,        rollback-start-blue rollback-traffic rollback-stop-green"
        + " rollback-open-admin rollback-verify",
    "confirm,          rollback-start-blue rollback-traffic rollback-stop-green"
        + " rollback-open-admin rollback-verify"
  })
  void what_was_commanded_is_undone_and_nothing_else(String at, String expected) {
    Journey journey = Journey.to(at);
    List<String> phases = Arrays.asList(expected.split(" ", -1));
    Scenario scenario = given(journey).when(journey.abort()).andStage("rolling-back");
    assertThat(((RollbackStarted) scenario.decided().getFirst()).phases()).isEqualTo(phases);
    journey.with(Journey::abort);
    for (String phase : phases) {
      assertThat(journey.known().at()).isEqualTo(phase);
      journey.complete();
    }
    assertThat(journey.state().stage()).isEqualTo("rolled-back");
  }

  @Test
  void a_rollback_says_why_and_what_is_left_in_the_datastore() {
    Journey journey = Journey.to("shift-25").with(Journey::abort).until("rollback-verify");
    Instant now = journey.later(Duration.ofSeconds(1)).now();
    Scenario scenario =
        given(journey)
            .when(journey.completed())
            .thenTypes(PhaseCompleted.class, UpgradeRolledBack.class)
            .andEffects();
    UpgradeState.RolledBack ended = (UpgradeState.RolledBack) scenario.state();
    assertThat(ended.leftPending()).isEqualTo("core:012_213_to_220");
    assertThat(ended.cause()).isEqualTo("aborted by bob: wrong day");
    assertThat(ended.endedAt()).isEqualTo(now);
    assertThat(ended.ended()).isTrue();
    assertThat(ended.counted()).isFalse();
    assertThat(ended.due()).isEmpty();
    assertThat(ended.run().evidence().weightGreen()).isZero();
    assertThat(ended.run().evidence().trafficOnGreen()).isFalse();
  }

  @Test
  void each_rollback_phase_is_an_attempt_with_a_rising_order() {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    long order = journey.outstanding().order();
    Scenario scenario =
        given(journey)
            .when(journey.completed())
            .thenTypes(PhaseCompleted.class, PhaseCommanded.class)
            .andEffects("u-1/rollback-stop-green/1");
    assertThat(((PhaseCommanded) scenario.decided().get(1)).order()).isEqualTo(order + 1);
  }

  @Test
  void a_rollback_counts_and_has_its_deadlines() {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    assertThat(journey.state().counted()).isTrue();
    assertThat(journey.state().due()).contains(journey.now().plusSeconds(30));
    assertThat(journey.outstanding().deadline())
        .isEqualTo(journey.now().plus(Action.RESTORE_TRAFFIC.deadline()));
  }

  @Test
  void reports_of_the_way_forward_are_stale() {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    given(journey)
        .when(journey.stray("shift-25", 1))
        .thenRefused(RefusalReason.STALE)
        .saying("attempt 1 of phase rollback-traffic", "attempt 1 of phase shift-25");
    given(journey).when(journey.stray("shift-100", 1)).thenRefused(RefusalReason.AHEAD);
    given(journey).when(journey.stray("rollback-verify", 1)).thenRefused(RefusalReason.STALE);
  }

  @Test
  void failures_are_tried_again_and_then_held() {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    for (int attempt = 1; attempt < 3; attempt++) {
      given(journey)
          .when(journey.failed(FailureKind.RETRYABLE))
          .thenTypes(PhaseFailed.class, RetryScheduled.class);
      journey.with(j -> j.failed(FailureKind.RETRYABLE));
      Instant due = journey.state().due().orElseThrow();
      given(journey).when(timer(due.minusMillis(1))).thenNothing();
      given(journey).when(journey.stray("rollback-traffic", 9)).thenRefused(RefusalReason.AHEAD);
      given(journey)
          .when(timer(due))
          .thenTypes(PhaseCommanded.class)
          .andEffects("u-1/rollback-traffic/" + (attempt + 1));
      journey.feed(timer(due));
    }
    given(journey)
        .when(journey.failed(FailureKind.RETRYABLE))
        .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED)
        .andStage("rollback-held");
  }

  @Test
  void silence_brings_the_next_attempt_and_then_a_hold() {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    Instant early = journey.state().due().orElseThrow().minusMillis(1);
    given(journey).when(timer(early)).thenNothing();
    for (int i = 0; i < 2; i++) {
      given(journey)
          .when(timer(journey.state().due().orElseThrow()))
          .thenTypes(AttemptLost.class, PhaseCommanded.class);
      journey.feed(timer(journey.state().due().orElseThrow()));
    }
    assertThat(journey.outstanding().attempt()).isEqualTo(3);
    given(journey)
        .when(timer(journey.state().due().orElseThrow()))
        .thenTypes(AttemptLost.class, UpgradeHeld.class)
        .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED)
        .andStage("rollback-held");
  }

  @ParameterizedTest
  @CsvSource({
    "FATAL, FATAL",
    "UNKNOWN, UNKNOWN_KIND",
    "BREACHED, BREACHED",
    "INCONCLUSIVE, INCONCLUSIVE"
  })
  void other_failures_hold_on_the_way_back(FailureKind kind, HoldCause cause) {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    given(journey)
        .when(journey.failed(kind))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(cause)
        .andStage("rollback-held");
  }

  @Test
  void unproven_and_unknown_reports_hold_on_the_way_back() {
    Journey journey = Journey.to("shift-25").with(Journey::abort);
    given(journey)
        .when(journey.completed(new TreeMap<>()))
        .thenHeld(HoldCause.EVIDENCE_MISSING)
        .andStage("rollback-held");
    given(journey).when(journey.unknown()).thenHeld(HoldCause.UNKNOWN_KIND);
    given(journey).when(journey.started()).thenTypes(UpgradeEvent.PhaseStarted.class);
  }

  @Test
  void a_retry_goes_on_with_the_way_back() {
    Journey journey = Journey.stage("rollback-held");
    assertThat(journey.state().due()).isEmpty();
    assertThat(journey.known().at()).isEqualTo("rollback-traffic");
    given(journey)
        .when(journey.retry())
        .thenTypes(HoldReleased.class, PhaseCommanded.class)
        .andEffects("u-1/rollback-traffic/2")
        .andStage("rolling-back");
    journey.with(Journey::retry).untilEnded();
    assertThat(journey.state().stage()).isEqualTo("rolled-back");
  }

  @Test
  void a_rollback_with_runbooks_asks_them() {
    ClusterSnapshot.Version blue =
        new ClusterSnapshot.Version(
            "2.1.4",
            Edition.ENTERPRISE,
            List.of("b"),
            List.of(),
            List.of(),
            "blue-up",
            "blue-down");
    ClusterSnapshot.Version green =
        new ClusterSnapshot.Version(
            "2.2.2",
            Edition.ENTERPRISE,
            List.of("g"),
            List.of(),
            List.of(),
            "green-up",
            "green-down");
    Journey journey = Journey.to("stop-blue", draft -> draft.versions(blue, green));
    Scenario scenario =
        given(journey).when(journey.abort()).andEffects("u-1/rollback-start-blue/1");
    Effect.SendRunbook sent = (Effect.SendRunbook) scenario.effects().getFirst();
    assertThat(sent.runbook()).isEqualTo("blue-up");
    assertThat(sent.side()).isEqualTo(Side.BLUE);
  }
}
