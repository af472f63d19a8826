package io.changeover.planner.core;

import static io.changeover.planner.core.ForwardTest.timer;
import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.GateOpened;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.RollbackStarted;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradePaused;
import io.changeover.planner.core.UpgradeEvent.UpgradeResumed;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PausedTest {
  @Test
  void a_pause_keeps_what_is_out() {
    Journey journey = Journey.to("migrate-up");
    Scenario scenario =
        given(journey)
            .when(journey.pause())
            .then(new UpgradePaused(journey.now(), "bob", "lunch"))
            .andEffects()
            .andStage("paused");
    assertThat(((UpgradeState.Paused) scenario.state()).turn()).isEqualTo(journey.outstanding());
    assertThat(scenario.state().due()).isEqualTo(journey.state().due());
    assertThat(scenario.state().counted()).isFalse();
    assertThat(((UpgradeState.Known) scenario.state()).at()).isEqualTo("migrate-up");
  }

  @Test
  void what_was_out_may_end_and_nothing_follows_until_it_is_resumed() {
    Journey journey = Journey.stage("paused");
    given(journey).when(journey.completed()).thenTypes(PhaseCompleted.class).andEffects();
    journey.complete();
    assertThat(journey.known().at()).isEqualTo("start-green");
    assertThat(journey.state().due()).isEmpty();
    given(journey)
        .when(journey.resume())
        .thenTypes(UpgradeResumed.class, PhaseCommanded.class)
        .andEffects("u-1/start-green/1")
        .andStage("advancing");
  }

  @Test
  void a_resume_while_it_is_still_out_commands_nothing() {
    Journey journey = Journey.stage("paused");
    given(journey)
        .when(journey.resume())
        .then(new UpgradeResumed(journey.now(), "bob", "back"))
        .andEffects()
        .andStage("advancing");
  }

  @Test
  void heartbeats_count_while_it_is_paused() {
    Journey journey = Journey.stage("paused");
    given(journey).when(journey.started()).thenTypes(UpgradeEvent.PhaseStarted.class);
    given(journey).when(journey.progress()).thenTypes(UpgradeEvent.HeartbeatSeen.class);
  }

  @Test
  void a_retryable_failure_waits_for_the_resume() {
    Journey journey = Journey.stage("paused");
    given(journey).when(journey.failed(FailureKind.RETRYABLE)).thenTypes(PhaseFailed.class);
    journey.with(j -> j.failed(FailureKind.RETRYABLE));
    assertThat(journey.state().due()).isEmpty();
    given(journey).when(timer(Instant.MAX.minusSeconds(1))).thenNothing();
    given(journey).when(journey.resume()).andEffects("u-1/migrate-up/2");
  }

  @Test
  void the_last_retryable_failure_is_a_hold_here_too() {
    Journey journey = Journey.to("migrate-up");
    for (int attempt = 1; attempt < 3; attempt++) {
      journey.with(j -> j.failed(FailureKind.RETRYABLE));
      journey.feed(timer(journey.state().due().orElseThrow()));
    }
    journey.with(Journey::pause);
    given(journey)
        .when(journey.failed(FailureKind.RETRYABLE))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED);
    given(journey)
        .when(timer(journey.state().due().orElseThrow()))
        .thenTypes(AttemptLost.class, UpgradeHeld.class)
        .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED);
  }

  @Test
  void a_lost_attempt_waits_for_the_resume() {
    Journey journey = Journey.stage("paused");
    Instant due = journey.state().due().orElseThrow();
    given(journey).when(timer(due.minusMillis(1))).thenNothing();
    given(journey).when(timer(due)).thenTypes(AttemptLost.class).andStage("paused");
    journey.feed(timer(due));
    given(journey).when(journey.resume()).andEffects("u-1/migrate-up/2");
  }

  @Test
  void a_back_off_stops_and_goes_on() {
    Journey journey = Journey.to("migrate-up").with(j -> j.failed(FailureKind.RETRYABLE));
    Instant due = journey.state().due().orElseThrow();
    journey.with(Journey::pause);
    assertThat(journey.state().due()).isEmpty();
    given(journey).when(timer(due)).thenNothing();
    given(journey).when(journey.stray("migrate-up", 1)).thenRefused(RefusalReason.STALE);
    given(journey).when(journey.stray("migrate-up", 2)).thenRefused(RefusalReason.AHEAD);
    journey.with(Journey::resume);
    assertThat(journey.state().due()).contains(due);
    given(journey).when(timer(due)).andEffects("u-1/migrate-up/2");
  }

  @Test
  void what_cannot_go_on_is_held_or_turns_back_all_the_same() {
    Journey journey = Journey.to("shift-25").with(Journey::pause);
    given(journey)
        .when(journey.failed(FailureKind.FATAL))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(HoldCause.FATAL);
    given(journey)
        .when(journey.failed(FailureKind.UNKNOWN))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(HoldCause.UNKNOWN_KIND);
    given(journey)
        .when(journey.completed(new TreeMap<>()))
        .thenTypes(UpgradeHeld.class)
        .thenHeld(HoldCause.EVIDENCE_MISSING);
    given(journey)
        .when(journey.failed(FailureKind.BREACHED))
        .thenTypes(PhaseFailed.class, RollbackStarted.class, PhaseCommanded.class)
        .andEffects("u-1/rollback-traffic/1");
  }

  @Test
  void an_inconclusive_analysis_is_measured_again_after_the_resume() {
    Journey journey = Journey.to("shift-25").with(Journey::pause);
    given(journey).when(journey.failed(FailureKind.INCONCLUSIVE)).thenTypes(PhaseFailed.class);
    journey.with(j -> j.failed(FailureKind.INCONCLUSIVE));
    given(journey).when(journey.resume()).andEffects("u-1/shift-25/2");
  }

  @Test
  void an_abort_turns_back() {
    Journey journey = Journey.stage("paused");
    given(journey)
        .when(journey.abort())
        .thenTypes(RollbackStarted.class, PhaseCommanded.class)
        .andEffects("u-1/rollback-open-admin/1");
  }

  @Test
  void a_gate_that_was_open_is_opened_again() {
    Journey journey = Journey.to("confirm").with(Journey::pause);
    assertThat(journey.state().stage()).isEqualTo("paused");
    assertThat(journey.state().due()).isEmpty();
    given(journey)
        .when(journey.answer("confirm", "APPROVED"))
        .thenRefused(RefusalReason.GATE_NOT_OPEN);
    given(journey).when(journey.stray("stop-blue", 1)).thenRefused(RefusalReason.STALE);
    given(journey)
        .when(journey.resume())
        .thenTypes(UpgradeResumed.class, GateOpened.class)
        .andStage("at-gate");
  }

  @Test
  void an_inconclusive_gate_that_was_open_is_answered_by_the_resume() {
    Journey journey =
        Journey.to("shift-25").with(j -> j.failed(FailureKind.INCONCLUSIVE)).with(Journey::pause);
    given(journey).when(journey.resume()).andEffects("u-1/shift-25/2");
  }
}
