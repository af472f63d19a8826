package io.changeover.planner.core;

import static io.changeover.planner.core.ForwardTest.timer;
import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.GateOpened;
import io.changeover.planner.core.UpgradeEvent.GatePassed;
import io.changeover.planner.core.UpgradeEvent.GateRejected;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PointOfNoReturnPassed;
import io.changeover.planner.core.UpgradeEvent.RollbackStarted;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingTest {
  @Test
  void an_approval_passes_the_gate_and_goes_on() {
    Journey journey = Journey.to("confirm").later(Duration.ofHours(1));
    Instant now = journey.now();
    Scenario scenario =
        given(journey)
            .when(journey.answer("confirm", "APPROVED"))
            .thenTypes(GatePassed.class, PointOfNoReturnPassed.class, PhaseCommanded.class)
            .andEffects("u-1/migrate-finish/1");
    assertThat(scenario.decided().getFirst())
        .isEqualTo(new GatePassed(now, "confirm", "bob", "looks fine"));
    assertThat(((UpgradeState.Completing) scenario.state()).run().evidence().gatesPassed())
        .containsExactly("confirm");
  }

  @Test
  void a_rejection_holds_where_it_is_and_a_retry_opens_the_gate_again() {
    Journey journey = Journey.to("confirm");
    Scenario scenario =
        given(journey)
            .when(journey.answer("confirm", "REJECTED"))
            .thenTypes(GateRejected.class, UpgradeHeld.class)
            .thenHeld(HoldCause.GATE_REJECTED)
            .andStage("held");
    Hold hold = ((UpgradeState.Held) scenario.state()).hold();
    assertThat(hold.reason()).isEqualTo("gate confirm rejected by bob: looks fine");
    assertThat(hold.at()).isEqualTo("confirm");
    assertThat(hold.since()).isEqualTo(journey.now());
    journey.feed(journey.answer("confirm", "REJECTED"));
    Scenario again =
        given(journey).when(journey.retry()).thenTypes(HoldReleased.class, GateOpened.class);
    assertThat(((UpgradeState.AtGate) again.state()).gate().attempt()).isZero();
  }

  @Test
  void an_answer_to_another_gate_names_the_one_that_is_open() {
    Journey journey = Journey.to("confirm");
    given(journey)
        .when(journey.answer("lunch", "APPROVED"))
        .thenRefused(RefusalReason.GATE_NOT_OPEN)
        .saying("an answer for gate confirm", "gate lunch", "u-1", "payments-eu", "at-gate");
  }

  @Test
  void an_answer_while_no_gate_is_open_is_refused() {
    Journey journey = Journey.to("migrate-up");
    given(journey)
        .when(journey.answer("confirm", "APPROVED"))
        .thenRefused(RefusalReason.GATE_NOT_OPEN)
        .saying("while gate confirm is open", "advancing at migrate-up");
  }

  @Test
  void an_answer_of_another_word_is_refused() {
    Journey journey = Journey.to("confirm");
    given(journey)
        .when(journey.answer("confirm", "approved"))
        .thenRefused(RefusalReason.ANSWER_UNKNOWN)
        .saying("APPROVED or REJECTED", "'approved'");
  }

  @Test
  void an_unanswered_gate_expires_into_a_hold_with_a_name() {
    Journey journey = Journey.to("confirm");
    Instant deadline = journey.state().due().orElseThrow();
    given(journey).when(timer(deadline.minusMillis(1))).thenNothing();
    Scenario scenario =
        given(journey)
            .when(timer(deadline))
            .thenTypes(UpgradeHeld.class)
            .thenHeld(HoldCause.GATE_EXPIRED)
            .andStage("held");
    assertThat(((UpgradeState.Held) scenario.state()).hold().reason())
        .isEqualTo("nobody answered gate confirm by " + deadline);
  }

  @Test
  void a_gate_without_a_deadline_waits_for_ever() {
    Journey journey =
        Journey.to("window", draft -> draft.gates(Inventories.gate("window", "migrate-up", null)));
    assertThat(journey.state().due()).isEmpty();
    given(journey).when(timer(journey.now().plus(Duration.ofDays(999)))).thenNothing();
  }

  @Test
  void an_abort_at_a_gate_turns_back() {
    Journey journey = Journey.to("confirm");
    given(journey)
        .when(journey.abort())
        .thenTypes(RollbackStarted.class, PhaseCommanded.class)
        .andEffects("u-1/rollback-start-blue/1");
  }

  @Test
  void approving_an_inconclusive_analysis_measures_again_with_a_fresh_budget() {
    Journey journey = Journey.to("shift-25").with(j -> j.failed(FailureKind.INCONCLUSIVE));
    Scenario scenario =
        given(journey)
            .when(journey.answer("inconclusive-shift-25", "APPROVED"))
            .thenTypes(GatePassed.class, PhaseCommanded.class)
            .andEffects("u-1/shift-25/2")
            .andStage("advancing");
    UpgradeState.Advancing advancing = (UpgradeState.Advancing) scenario.state();
    assertThat(advancing.turn().tries()).isEqualTo(1);
    assertThat(advancing.run().evidence().gatesPassed()).isEmpty();
  }

  @Test
  void rejecting_an_inconclusive_analysis_turns_back() {
    Journey journey = Journey.to("shift-25").with(j -> j.failed(FailureKind.INCONCLUSIVE));
    Scenario scenario =
        given(journey)
            .when(journey.answer("inconclusive-shift-25", "REJECTED"))
            .thenTypes(GateRejected.class, RollbackStarted.class, PhaseCommanded.class)
            .andEffects("u-1/rollback-traffic/1");
    RollbackStarted started = (RollbackStarted) scenario.decided().get(1);
    assertThat(started.cause()).contains("inconclusive-shift-25 rejected by bob");
    assertThat(started.by()).isEqualTo("bob");
  }

  @Test
  void a_late_report_at_a_gate_is_stale() {
    Journey journey = Journey.to("confirm");
    given(journey)
        .when(journey.stray("stop-blue", 1))
        .thenRefused(RefusalReason.STALE)
        .saying("no report", "at-gate", "attempt 1 of phase stop-blue", "worker-a");
  }

  @Test
  void a_retry_gives_the_held_phase_another_attempt_and_a_fresh_budget() {
    Journey journey = Journey.to("migrate-up").with(j -> j.failed(FailureKind.RETRYABLE));
    journey.feed(timer(journey.state().due().orElseThrow()));
    journey.with(j -> j.failed(FailureKind.FATAL)).later(Duration.ofHours(3));
    Scenario scenario =
        given(journey)
            .when(journey.retry())
            .thenTypes(HoldReleased.class, PhaseCommanded.class)
            .andEffects("u-1/migrate-up/3")
            .andStage("advancing");
    assertThat(scenario.decided().getFirst())
        .isEqualTo(new HoldReleased(journey.now(), "bob", "mended"));
    assertThat(((UpgradeState.Advancing) scenario.state()).turn().tries()).isEqualTo(1);
  }

  @Test
  void an_abort_of_what_is_held_turns_back() {
    Journey journey = Journey.stage("held");
    given(journey)
        .when(journey.abort())
        .thenTypes(RollbackStarted.class, PhaseCommanded.class)
        .andEffects("u-1/rollback-open-admin/1");
  }

  @Test
  void what_is_held_says_where_and_has_no_timer() {
    Journey journey = Journey.stage("held");
    assertThat(journey.known().at()).isEqualTo("migrate-up");
    assertThat(journey.state().due()).isEmpty();
    assertThat(journey.state().counted()).isFalse();
    given(journey).when(journey.stray("migrate-up", 1)).thenRefused(RefusalReason.STALE);
    given(journey).when(journey.stray("migrate-up", 2)).thenRefused(RefusalReason.AHEAD);
  }

  @Test
  void requests_for_another_cluster_are_refused() {
    Journey journey = Journey.to("confirm");
    Request.Abort forged =
        new Request.Abort(
            "r", journey.now(), 1, Journey.UPGRADE, new ClusterName("other"), "eve", "");
    given(journey)
        .when(forged)
        .thenRefused(RefusalReason.WRONG_CLUSTER)
        .saying("cluster payments-eu", "u-1");
  }
}
