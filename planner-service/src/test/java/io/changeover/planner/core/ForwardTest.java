package io.changeover.planner.core;

import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.GateOpened;
import io.changeover.planner.core.UpgradeEvent.HeartbeatSeen;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.PhaseStarted;
import io.changeover.planner.core.UpgradeEvent.RetryScheduled;
import io.changeover.planner.core.UpgradeEvent.RollbackStarted;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ForwardTest {
  private static final Duration TIMEOUT = Inventories.PATIENCE.heartbeatTimeout();

  @Test
  void an_admitted_upgrade_commands_its_first_phase() {
    Journey journey = Journey.queued();
    Instant now = journey.later(Duration.ofMinutes(1)).now();
    given(journey)
        .when(journey.room())
        .then(
            new UpgradeEvent.UpgradeAdmitted(now),
            new PhaseCommanded(
                now, "preflight", 1, 1, now.plus(Action.PREFLIGHT.deadline()), now.plus(TIMEOUT)))
        .andEffects("u-1/preflight/1")
        .andStage("advancing");
  }

  @Test
  void a_queued_upgrade_is_due_at_once_and_takes_no_place() {
    UpgradeState queued = Journey.queued().state();
    assertThat(queued.due()).contains(Journey.T0);
    assertThat(queued.counted()).isFalse();
    assertThat(queued.ended()).isFalse();
    assertThat(((UpgradeState.Known) queued).at()).isEmpty();
  }

  @Test
  void a_plan_may_begin_with_a_gate() {
    Journey journey =
        Journey.queued(draft -> draft.gates(Inventories.gate("window", "preflight", null)));
    given(journey)
        .when(journey.room())
        .thenTypes(UpgradeEvent.UpgradeAdmitted.class, GateOpened.class)
        .andStage("at-gate");
  }

  @Test
  void a_proven_phase_leads_to_the_next_with_a_higher_order() {
    Journey journey = Journey.to("migrate-up");
    Instant now = journey.later(Duration.ofSeconds(3)).now();
    long order = journey.outstanding().order();
    Report done = journey.completed();
    given(journey)
        .when(done)
        .then(
            new PhaseCompleted(now, "migrate-up", 1, done.facts()),
            new PhaseCommanded(
                now,
                "start-green",
                1,
                order + 1,
                now.plus(Action.START_NODES.deadline()),
                now.plus(TIMEOUT)))
        .andEffects("u-1/start-green/1");
    assertThat(order).isEqualTo(5);
  }

  @Test
  void the_first_word_of_a_worker_moves_its_heartbeat() {
    Journey journey = Journey.to("migrate-up").later(Duration.ofSeconds(9));
    Instant now = journey.now();
    Scenario scenario =
        given(journey)
            .when(journey.started())
            .then(new PhaseStarted(now, "migrate-up", 1, "worker-a", now.plus(TIMEOUT)))
            .andEffects();
    assertThat(scenario.state().due()).contains(now.plus(TIMEOUT));
  }

  @Test
  void a_second_first_word_is_a_duplicate() {
    Journey journey = Journey.to("migrate-up").with(Journey::started);
    given(journey)
        .when(journey.started())
        .thenRefused(RefusalReason.DUPLICATE)
        .saying("a second time", "attempt 1 of phase migrate-up", "u-1", "payments-eu");
  }

  @Test
  void progress_moves_the_heartbeat_and_nothing_else() {
    Journey journey = Journey.to("migrate-up").with(Journey::started).later(TIMEOUT);
    Instant now = journey.now();
    Scenario scenario =
        given(journey).when(journey.progress()).then(new HeartbeatSeen(now, now.plus(TIMEOUT)));
    Turn.Outstanding out = (Turn.Outstanding) ((UpgradeState.Advancing) scenario.state()).turn();
    assertThat(out.started()).isTrue();
    assertThat(out.heartbeatBy()).isEqualTo(now.plus(TIMEOUT));
    assertThat(out.commandedAt()).isEqualTo(journey.outstanding().commandedAt());
  }

  @Test
  void progress_without_a_first_word_does_not_make_one() {
    Journey journey = Journey.to("migrate-up").with(Journey::progress);
    assertThat(journey.outstanding().started()).isFalse();
  }

  @Test
  void done_without_proof_is_a_hold_and_no_progress() {
    Journey journey = Journey.to("migrate-up");
    Scenario scenario =
        given(journey)
            .when(journey.completed(new TreeMap<>()))
            .thenTypes(UpgradeHeld.class)
            .thenHeld(HoldCause.EVIDENCE_MISSING)
            .andStage("held");
    Hold hold = ((UpgradeState.Held) scenario.state()).hold();
    assertThat(hold.expected()).contains("schema.before", "schema.after");
    assertThat(hold.at()).isEqualTo("migrate-up");
    assertThat(hold.attempt()).isEqualTo(1);
    assertThat(hold.since()).isEqualTo(journey.now());
    assertThat(hold.reason()).contains("worker-a");
  }

  @Test
  void done_with_blockers_is_a_hold() {
    Journey journey = Journey.to("preflight");
    Report done = journey.completed();
    Report blocked =
        new Report(
            done.id(),
            done.at(),
            1,
            done.cluster(),
            "preflight",
            1,
            "w",
            ReportKind.COMPLETED,
            done.facts(),
            java.util.List.of("blue has pending migrations"),
            null);
    Scenario scenario = given(journey).when(blocked).thenHeld(HoldCause.EVIDENCE_MISSING);
    assertThat(((UpgradeState.Held) scenario.state()).hold().expected())
        .contains("blue has pending migrations");
  }

  @Test
  void a_report_of_an_unknown_kind_is_a_hold() {
    Journey journey = Journey.to("migrate-up");
    given(journey).when(journey.unknown()).thenHeld(HoldCause.UNKNOWN_KIND).andStage("held");
  }

  @Test
  void a_retryable_failure_backs_off_with_jitter_from_the_seed() {
    Journey journey = Journey.to("migrate-up");
    Instant now = journey.later(Duration.ofSeconds(1)).now();
    Instant due = now.plus(Backoff.after(1, Inventories.PATIENCE.backoff(), 7));
    Scenario scenario =
        given(journey)
            .when(journey.failed(FailureKind.RETRYABLE))
            .then(
                new PhaseFailed(
                    now, "migrate-up", 1, FailureKind.RETRYABLE, "it broke", "it whole", "mend it"),
                new RetryScheduled(now, "migrate-up", 2, due))
            .andEffects()
            .andStage("advancing");
    assertThat(scenario.state().due()).contains(due);
    assertThat(scenario.state().counted()).isTrue();
  }

  @Test
  void the_next_attempt_comes_when_its_time_has_come_and_not_before() {
    Journey journey = Journey.to("migrate-up").with(j -> j.failed(FailureKind.RETRYABLE));
    Instant due = journey.state().due().orElseThrow();
    given(journey).when(timer(due.minusMillis(1))).thenNothing();
    given(journey).when(timer(due)).thenTypes(PhaseCommanded.class).andEffects("u-1/migrate-up/2");
  }

  @Test
  void after_the_last_attempt_it_is_held() {
    Journey journey = Journey.to("migrate-up");
    for (int attempt = 1; attempt < 3; attempt++) {
      journey.with(j -> j.failed(FailureKind.RETRYABLE));
      journey.feed(timer(journey.state().due().orElseThrow()));
    }
    assertThat(journey.outstanding().attempt()).isEqualTo(3);
    Scenario scenario =
        given(journey)
            .when(journey.failed(FailureKind.RETRYABLE))
            .thenTypes(PhaseFailed.class, UpgradeHeld.class)
            .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED);
    Hold hold = ((UpgradeState.Held) scenario.state()).hold();
    assertThat(hold)
        .isEqualTo(
            new Hold(
                HoldCause.ATTEMPTS_EXHAUSTED,
                "it broke",
                "it whole",
                "mend it",
                "migrate-up",
                3,
                journey.now()));
    assertThat(scenario.state().due()).isEmpty();
  }

  @Test
  void the_next_phase_has_a_budget_of_its_own() {
    Journey journey = Journey.to("migrate-up").with(j -> j.failed(FailureKind.RETRYABLE));
    journey.feed(timer(journey.state().due().orElseThrow()));
    journey.complete();
    assertThat(journey.outstanding().attempt()).isEqualTo(1);
    assertThat(journey.outstanding().tries()).isEqualTo(1);
  }

  @Test
  void silence_brings_the_next_attempt_at_once() {
    Journey journey = Journey.to("migrate-up");
    Instant by = journey.outstanding().heartbeatBy();
    assertThat(by).isNotNull();
    given(journey).when(timer(by.minusMillis(1))).thenNothing();
    Scenario scenario =
        given(journey)
            .when(timer(by))
            .thenTypes(AttemptLost.class, PhaseCommanded.class)
            .andEffects("u-1/migrate-up/2");
    assertThat(((AttemptLost) scenario.decided().getFirst()).reason())
        .isEqualTo("nothing heard from the migrator by " + by);
  }

  @Test
  void a_deadline_ends_an_attempt_that_is_alive() {
    Journey journey = Journey.to("migrate-up");
    Instant deadline = journey.outstanding().deadline();
    journey.later(Duration.between(journey.now(), deadline).minusSeconds(1));
    journey.with(Journey::progress);
    assertThat(journey.state().due()).contains(deadline);
    given(journey).when(timer(deadline.minusMillis(1))).thenNothing();
    Scenario scenario =
        given(journey).when(timer(deadline)).thenTypes(AttemptLost.class, PhaseCommanded.class);
    assertThat(((AttemptLost) scenario.decided().getFirst()).reason())
        .isEqualTo("no end by the deadline, " + deadline);
  }

  @Test
  void three_silences_are_a_hold() {
    Journey journey = Journey.to("migrate-up");
    for (int i = 0; i < 2; i++) {
      journey.feed(timer(journey.state().due().orElseThrow()));
    }
    Scenario scenario =
        given(journey)
            .when(timer(journey.state().due().orElseThrow()))
            .thenTypes(AttemptLost.class, UpgradeHeld.class)
            .thenHeld(HoldCause.ATTEMPTS_EXHAUSTED);
    Hold hold = ((UpgradeState.Held) scenario.state()).hold();
    assertThat(hold.reason()).contains("nothing heard from the migrator", "(attempt 3)");
    assertThat(hold.attempt()).isEqualTo(3);
    assertThat(hold.at()).isEqualTo("migrate-up");
  }

  @Test
  void a_runbook_has_no_heartbeat_and_is_not_run_twice_unasked() {
    Journey journey =
        Journey.to(
            "runbook-notify", draft -> draft.hooks(Inventories.hook("notify", "migrate-up")));
    assertThat(journey.outstanding().heartbeatBy()).isNull();
    Instant deadline = journey.outstanding().deadline();
    assertThat(journey.state().due()).contains(deadline);
    given(journey)
        .when(timer(deadline))
        .thenTypes(AttemptLost.class, UpgradeHeld.class)
        .thenHeld(HoldCause.RUNBOOK_SILENT);
    given(journey).when(journey.progress()).then(new HeartbeatSeen(journey.now(), null));
  }

  @Test
  void a_fatal_failure_is_a_hold() {
    Journey journey = Journey.to("migrate-up");
    given(journey)
        .when(journey.failed(FailureKind.FATAL))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .thenHeld(HoldCause.FATAL);
  }

  @Test
  void a_failure_of_an_unknown_kind_is_a_hold() {
    Journey journey = Journey.to("migrate-up");
    given(journey).when(journey.failed(FailureKind.UNKNOWN)).thenHeld(HoldCause.UNKNOWN_KIND);
  }

  @Test
  void a_failure_that_says_nothing_is_a_hold_with_a_remedy() {
    Journey journey = Journey.to("migrate-up");
    Scenario scenario =
        given(journey)
            .when(journey.report(ReportKind.FAILED, new TreeMap<>(), null))
            .thenHeld(HoldCause.UNKNOWN_KIND);
    assertThat(((UpgradeState.Held) scenario.state()).hold().remedy()).contains("worker's log");
  }

  @Test
  void a_hold_always_has_a_remedy() {
    Journey journey = Journey.to("migrate-up");
    Report bare =
        journey.report(
            ReportKind.FAILED,
            new TreeMap<>(),
            new Report.Failure(FailureKind.FATAL, "it broke", "", ""));
    Scenario scenario = given(journey).when(bare).thenHeld(HoldCause.FATAL);
    assertThat(((UpgradeState.Held) scenario.state()).hold().remedy())
        .isEqualTo("Remove the cause, then retry the phase.");
  }

  @Test
  void a_breach_turns_back_at_once() {
    Journey journey = Journey.to("shift-25");
    Scenario scenario =
        given(journey)
            .when(journey.failed(FailureKind.BREACHED))
            .thenTypes(PhaseFailed.class, RollbackStarted.class, PhaseCommanded.class)
            .andEffects("u-1/rollback-traffic/1")
            .andStage("rolling-back");
    RollbackStarted started = (RollbackStarted) scenario.decided().get(1);
    assertThat(started.cause()).isEqualTo("breached in shift-25: it broke");
    assertThat(started.by()).isEqualTo("planner");
  }

  @Test
  void an_inconclusive_analysis_asks_a_person() {
    Journey journey = Journey.to("shift-25");
    Scenario scenario =
        given(journey)
            .when(journey.failed(FailureKind.INCONCLUSIVE))
            .thenTypes(PhaseFailed.class, GateOpened.class)
            .andStage("at-gate");
    OpenGate gate = ((UpgradeState.AtGate) scenario.state()).gate();
    assertThat(gate)
        .isEqualTo(new OpenGate("inconclusive-shift-25", OpenGate.Kind.INCONCLUSIVE, null, 1));
    assertThat(scenario.state().due()).isEmpty();
  }

  @Test
  void an_abort_turns_back_even_while_a_command_is_out() {
    Journey journey = Journey.to("migrate-up");
    Scenario scenario =
        given(journey)
            .when(journey.abort())
            .thenTypes(RollbackStarted.class, PhaseCommanded.class)
            .andEffects("u-1/rollback-open-admin/1");
    assertThat(((RollbackStarted) scenario.decided().getFirst()).cause())
        .isEqualTo("aborted by bob: wrong day");
    assertThat(((PhaseCommanded) scenario.decided().get(1)).order())
        .isEqualTo(journey.outstanding().order() + 1);
  }

  @Test
  void finish_passes_the_point_of_no_return() {
    Journey journey = Journey.to("stop-blue", Inventories.Draft::ungated);
    given(journey)
        .when(journey.completed())
        .thenTypes(
            PhaseCompleted.class, UpgradeEvent.PointOfNoReturnPassed.class, PhaseCommanded.class)
        .andStage("completing");
  }

  @Test
  void the_gate_opens_before_its_phase_with_its_deadline() {
    Journey journey = Journey.to("stop-blue");
    Scenario scenario =
        given(journey)
            .when(journey.completed())
            .thenTypes(PhaseCompleted.class, GateOpened.class)
            .andEffects();
    Instant deadline = journey.now().plus(Duration.ofHours(24));
    assertThat(((UpgradeState.AtGate) scenario.state()).gate())
        .isEqualTo(new OpenGate("confirm", OpenGate.Kind.PLANNED, deadline, 0));
    assertThat(scenario.state().due()).contains(deadline);
    assertThat(scenario.state().counted()).isFalse();
  }

  static UpgradeInput timer(Instant at) {
    return new UpgradeInput.TimerFired("timer", at, 7);
  }
}
