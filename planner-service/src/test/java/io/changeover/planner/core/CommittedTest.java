package io.changeover.planner.core;

import static io.changeover.planner.core.ForwardTest.timer;
import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.GateOpened;
import io.changeover.planner.core.UpgradeEvent.GatePassed;
import io.changeover.planner.core.UpgradeEvent.GateRejected;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.RetryScheduled;
import io.changeover.planner.core.UpgradeEvent.UpgradeFinished;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommittedTest {
  @Test
  void the_last_proof_finishes_the_upgrade() {
    Journey journey = Journey.to("verify").later(Duration.ofSeconds(5));
    Scenario scenario =
        given(journey)
            .when(journey.completed())
            .thenTypes(PhaseCompleted.class, UpgradeFinished.class)
            .andEffects()
            .andStage("finished");
    UpgradeState.Finished ended = (UpgradeState.Finished) scenario.state();
    assertThat(ended.endedAt()).isEqualTo(journey.now());
    assertThat(ended.ended()).isTrue();
    assertThat(ended.counted()).isFalse();
    assertThat(ended.run().evidence())
        .isEqualTo(
            new Evidence(
                100,
                true,
                true,
                true,
                "green",
                "executed",
                java.util.List.of("confirm"),
                Copied.NONE,
                Seen.NONE));
    assertThat(ended.at()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate-finish", "open-admin", "verify"})
  void nothing_turns_back_any_more(String phase) {
    Journey journey = Journey.to(phase);
    assertThat(journey.state()).isNotInstanceOf(UpgradeState.Reversible.class);
    given(journey)
        .when(journey.abort())
        .thenRefused(RefusalReason.PAST_POINT_OF_NO_RETURN)
        .saying("completing at " + phase, "an abort");
    given(journey)
        .when(journey.failed(FailureKind.BREACHED))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(HoldCause.BREACHED)
        .andStage("held-committed");
  }

  @ParameterizedTest
  @CsvSource({"FATAL, FATAL", "UNKNOWN, UNKNOWN_KIND", "INCONCLUSIVE, INCONCLUSIVE"})
  void what_cannot_go_on_is_held(FailureKind kind, HoldCause cause) {
    Journey journey = Journey.to("migrate-finish");
    given(journey)
        .when(journey.failed(kind))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(cause)
        .andStage("held-committed");
  }

  @Test
  void unproven_and_unknown_reports_are_held() {
    Journey journey = Journey.to("migrate-finish");
    given(journey).when(journey.completed(new TreeMap<>())).thenHeld(HoldCause.EVIDENCE_MISSING);
    given(journey).when(journey.unknown()).thenHeld(HoldCause.UNKNOWN_KIND);
    given(journey).when(journey.started()).thenTypes(UpgradeEvent.PhaseStarted.class);
    given(journey).when(journey.progress()).thenTypes(UpgradeEvent.HeartbeatSeen.class);
    given(journey).when(journey.stray("stop-blue", 1)).thenRefused(RefusalReason.STALE);
    given(journey).when(journey.stray("verify", 1)).thenRefused(RefusalReason.AHEAD);
  }

  @Test
  void finish_is_tried_again_without_passing_the_point_twice() {
    Journey journey = Journey.to("migrate-finish");
    given(journey)
        .when(journey.failed(FailureKind.RETRYABLE))
        .thenTypes(PhaseFailed.class, RetryScheduled.class)
        .andStage("completing");
    journey.with(j -> j.failed(FailureKind.RETRYABLE));
    Instant due = journey.state().due().orElseThrow();
    given(journey).when(timer(due.minusMillis(1))).thenNothing();
    given(journey)
        .when(timer(due))
        .thenTypes(PhaseCommanded.class)
        .andEffects("u-1/migrate-finish/2");
  }

  @Test
  void silence_in_finish_brings_the_next_attempt_and_then_a_hold() {
    Journey journey = Journey.to("migrate-finish");
    given(journey).when(timer(journey.state().due().orElseThrow().minusMillis(1))).thenNothing();
    for (int attempt = 2; attempt <= 3; attempt++) {
      given(journey)
          .when(timer(journey.state().due().orElseThrow()))
          .thenTypes(AttemptLost.class, PhaseCommanded.class)
          .andEffects("u-1/migrate-finish/" + attempt);
      journey.feed(timer(journey.state().due().orElseThrow()));
    }
    given(journey)
        .when(timer(journey.state().due().orElseThrow()))
        .thenTypes(AttemptLost.class, UpgradeHeld.class)
        .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED)
        .andStage("held-committed");
    given(journey)
        .when(journey.failed(FailureKind.RETRYABLE))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED);
  }

  @Test
  void a_retry_goes_on_where_it_was_held() {
    Journey journey = Journey.stage("held-committed");
    assertThat(journey.known().at()).isEqualTo("migrate-finish");
    assertThat(journey.state().counted()).isFalse();
    given(journey)
        .when(journey.retry())
        .thenTypes(HoldReleased.class, PhaseCommanded.class)
        .andEffects("u-1/migrate-finish/2")
        .andStage("completing");
    journey.with(Journey::retry).untilEnded();
    assertThat(journey.state().stage()).isEqualTo("finished");
  }

  @Test
  void a_gate_past_the_point_waits_too() {
    Journey journey = Journey.to("migrate-finish", CommittedTest::gated);
    Scenario scenario =
        given(journey)
            .when(journey.completed())
            .thenTypes(PhaseCompleted.class, GateOpened.class)
            .andStage("completing-at-gate");
    assertThat(scenario.state().due()).contains(journey.now().plus(Duration.ofHours(2)));
    assertThat(scenario.state().counted()).isFalse();
    assertThat(((UpgradeState.Known) scenario.state()).at()).isEqualTo("open?");
  }

  @Test
  void answers_past_the_point_go_on_or_hold_but_never_back() {
    Journey journey = Journey.to("open?", CommittedTest::gated);
    given(journey)
        .when(journey.answer("open?", "APPROVED"))
        .thenTypes(GatePassed.class, PhaseCommanded.class)
        .andEffects("u-1/open-admin/1");
    given(journey)
        .when(journey.answer("open?", "REJECTED"))
        .thenTypes(GateRejected.class, UpgradeHeld.class)
        .thenHeld(HoldCause.GATE_REJECTED)
        .andStage("held-committed");
    given(journey)
        .when(journey.answer("confirm", "APPROVED"))
        .thenRefused(RefusalReason.GATE_NOT_OPEN);
    given(journey).when(journey.answer("open?", "maybe")).thenRefused(RefusalReason.ANSWER_UNKNOWN);
    given(journey)
        .when(timer(journey.state().due().orElseThrow()))
        .thenHeld(HoldCause.GATE_EXPIRED)
        .andStage("held-committed");
  }

  @Test
  void a_gate_that_expired_past_the_point_opens_again_on_retry() {
    Journey journey = Journey.to("open?", CommittedTest::gated);
    journey.feed(timer(journey.state().due().orElseThrow()));
    given(journey)
        .when(journey.retry())
        .thenTypes(HoldReleased.class, GateOpened.class)
        .andStage("completing-at-gate");
    journey.with(Journey::retry).untilEnded();
    assertThat(journey.state().stage()).isEqualTo("finished");
  }

  private static Inventories.Draft gated(Inventories.Draft draft) {
    return draft.gates(Inventories.gate("open?", "open-admin", Duration.ofHours(2)));
  }
}
