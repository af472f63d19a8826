package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.Inventories.Draft;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanningTest {
  private static final Inventories.Draft USUAL = Inventories.usual();

  @Test
  void the_usual_plan_has_the_phases_of_the_guide_in_order() {
    assertThat(steps(draft -> draft))
        .containsExactly(
            "preflight",
            "preflight-router",
            "backup",
            "fence-admin",
            "migrate-up",
            "start-green",
            "shift-25",
            "shift-100",
            "soak",
            "drain-blue",
            "stop-blue",
            "confirm",
            "migrate-finish",
            "open-admin",
            "verify");
  }

  @Test
  void phases_go_to_their_workers_with_their_sides_and_shifts() {
    Plan plan = plan(draft -> draft);
    assertThat(phase(plan, "preflight").worker()).isEqualTo(Worker.MIGRATOR);
    assertThat(phase(plan, "preflight-router").worker()).isEqualTo(Worker.TRAFFIC);
    assertThat(phase(plan, "backup").worker()).isEqualTo(Worker.EXPORTER);
    assertThat(phase(plan, "fence-admin").side()).isEqualTo(Side.BLUE);
    assertThat(phase(plan, "start-green").side()).isEqualTo(Side.GREEN);
    assertThat(phase(plan, "drain-blue").side()).isEqualTo(Side.BLUE);
    assertThat(phase(plan, "stop-blue").side()).isEqualTo(Side.BLUE);
    assertThat(phase(plan, "open-admin").side()).isEqualTo(Side.GREEN);
    assertThat(phase(plan, "shift-25").shift())
        .isEqualTo(new Shift(25, Duration.ofSeconds(10), Inventories.ANALYSIS));
    assertThat(phase(plan, "soak").shift())
        .isEqualTo(new Shift(100, Inventories.SOAK, Inventories.ANALYSIS));
    assertThat(plan.fromVersion()).isEqualTo("2.1.4");
    assertThat(plan.toVersion()).isEqualTo("2.2.2");
    assertThat(plan.plugins()).containsExactly("session");
    assertThat(plan.patience()).isEqualTo(Inventories.PATIENCE);
  }

  @Test
  void deadlines_come_on_top_of_what_a_phase_has_to_last() {
    Plan plan = plan(draft -> draft.deadline("soak", Duration.ofMinutes(3)));
    assertThat(phase(plan, "soak").deadline()).isEqualTo(Duration.ofMinutes(13));
    assertThat(phase(plan, "shift-25").deadline())
        .isEqualTo(Action.SHIFT.deadline().plusSeconds(15));
    assertThat(phase(plan, "shift-100").deadline()).isEqualTo(Action.SHIFT.deadline());
    assertThat(phase(plan, "migrate-up").deadline()).isEqualTo(Action.MIGRATE_UP.deadline());
  }

  @Test
  void a_rollback_has_blue_running_before_traffic_returns_and_traffic_gone_before_green_stops() {
    assertThat(plan(draft -> draft).hops().getFirst().rollback())
        .extracting(Phase::name)
        .containsExactly(
            "rollback-start-blue",
            "rollback-traffic",
            "rollback-stop-green",
            "rollback-open-admin",
            "rollback-verify");
  }

  @Test
  void rollback_phases_have_their_sides_and_traffic_goes_to_zero() {
    List<Phase> rollback = plan(draft -> draft).hops().getFirst().rollback();
    assertThat(rollback)
        .extracting(Phase::side)
        .containsExactly(Side.BLUE, null, Side.GREEN, Side.BLUE, null);
    assertThat(rollback.get(1).shift()).isEqualTo(new Shift(0, Duration.ZERO, null));
  }

  @Test
  void gates_and_then_hooks_stand_before_their_phase() {
    assertThat(
            steps(
                draft ->
                    draft
                        .gates(
                            Inventories.gate("window", "migrate-up", null),
                            Inventories.gate("confirm", "migrate-finish", null))
                        .hooks(
                            Inventories.hook("notify", "migrate-up"),
                            Inventories.hook("notify", "verify"),
                            Inventories.hook("notify", "verify"))))
        .containsSubsequence(
            "fence-admin",
            "window",
            "runbook-notify",
            "migrate-up",
            "confirm",
            "migrate-finish",
            "runbook-notify-2",
            "runbook-notify-3",
            "verify");
  }

  @Test
  void a_hook_is_done_by_its_runbook() {
    Plan plan = plan(draft -> draft.hooks(Inventories.hook("notify", "verify")));
    Phase hook = phase(plan, "runbook-notify");
    assertThat(hook.worker()).isEqualTo(Worker.RUNBOOK);
    assertThat(hook.runbook()).isEqualTo("notify");
    assertThat(hook.deadline()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void confirm_is_added_where_other_gates_are_asked_for_without_it() {
    assertThat(steps(draft -> draft.gates(Inventories.gate("window", "migrate-up", null))))
        .containsSubsequence("window", "migrate-up", "stop-blue", "confirm", "migrate-finish");
  }

  @Test
  void no_gates_at_all_when_the_list_is_empty() {
    assertThat(steps(Draft::ungated)).doesNotContain("confirm");
  }

  @Test
  void nodes_of_a_version_with_runbooks_are_theirs() {
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
    Plan plan = plan(draft -> draft.versions(blue, green));
    assertThat(phase(plan, "start-green").runbook()).isEqualTo("green-up");
    assertThat(phase(plan, "start-green").worker()).isEqualTo(Worker.RUNBOOK);
    assertThat(phase(plan, "stop-blue").runbook()).isEqualTo("blue-down");
    List<Phase> rollback = plan.hops().getFirst().rollback();
    assertThat(rollback.get(0).runbook()).isEqualTo("blue-up");
    assertThat(rollback.get(2).runbook()).isEqualTo("green-down");
  }

  @Test
  void an_acknowledged_missing_backup_leaves_the_phase_out() {
    Request.Start start =
        Inventories.start(
            ask -> ask.acknowledging("backup-off").of(USUAL.backup("off").snapshot()));
    Plan plan = ((Planning.Possible) Planning.plan(start)).plan();
    assertThat(plan.hops().getFirst().steps()).extracting(Step::name).doesNotContain("backup");
    assertThat(plan.acknowledgements()).containsExactly("backup-off");
  }

  @Test
  void a_backup_switched_off_must_be_acknowledged() {
    assertThat(refused(draft -> draft.backup("off")))
        .containsExactly(RefusalReason.BACKUP_NOT_ACKNOWLEDGED);
  }

  @Test
  void one_keyspace_of_cassandra_for_both_versions_must_be_acknowledged() {
    ClusterSnapshot same = USUAL.by("shared-datastore", "same-keyspace").snapshot();
    assertThat(refused(draft -> draft.by("shared-datastore", "same-keyspace")))
        .containsExactly(RefusalReason.SAME_KEYSPACE_NOT_ACKNOWLEDGED);
    Request.Start start = Inventories.start(ask -> ask.of(same).acknowledging("same-keyspace"));
    assertThat(((Planning.Possible) Planning.plan(start)).plan().acknowledgements())
        .containsExactly("same-keyspace");
  }

  @Test
  void both_ways_of_backup_are_planned_and_others_refused() {
    assertThat(steps(draft -> draft.backup("pg_dump"))).contains("backup");
    assertThat(refused(draft -> draft.backup("tape")))
        .containsExactly(RefusalReason.UNKNOWN_BACKUP);
  }

  @Test
  void an_unknown_cluster_is_refused() {
    assertThat(reasons(Inventories.start(ask -> ask.of(null))))
        .containsExactly(RefusalReason.UNKNOWN_CLUSTER);
  }

  @Test
  void a_second_upgrade_while_one_runs_is_refused_by_name() {
    Request.Start start = Inventories.start(ask -> ask.whileRunning("u-0"));
    assertThat(reasons(start)).containsExactly(RefusalReason.ALREADY_RUNNING);
    assertThat(((Planning.Impossible) Planning.plan(start)).refusals().getFirst().sentence())
        .contains("u-0", "payments-eu");
  }

  @Test
  void a_version_that_the_inventory_lacks_is_refused_with_those_it_has() {
    Request.Start start = Inventories.start(ask -> ask.to("2.2.9"));
    assertThat(reasons(start)).containsExactly(RefusalReason.UNKNOWN_VERSION);
    assertThat(((Planning.Impossible) Planning.plan(start)).refusals().getFirst().sentence())
        .contains("2.2.9", "[2.1.4, 2.2.2]");
  }

  @Test
  void a_start_from_what_does_not_serve_is_refused() {
    Request.Start start =
        Inventories.start(
            ask ->
                ask.from("2.1.3")
                    .of(
                        USUAL
                            .versions(
                                Inventories.version("2.1.3"),
                                Inventories.version("2.1.4"),
                                Inventories.version("2.2.2"))
                            .snapshot()));
    assertThat(reasons(start)).containsExactly(RefusalReason.SERVING_DIFFERS);
  }

  @Test
  void saying_what_serves_anyway_is_fine() {
    assertThat(Planning.plan(Inventories.start(ask -> ask.from("2.1.4"))))
        .isInstanceOf(Planning.Possible.class);
  }

  @Test
  void the_same_version_is_refused_once() {
    assertThat(reasons(Inventories.start(ask -> ask.to("2.1.4"))))
        .containsExactly(RefusalReason.NOT_AN_UPGRADE);
  }

  @Test
  void versions_without_nodes_are_refused() {
    ClusterSnapshot.Version bare =
        new ClusterSnapshot.Version(
            "2.2.2", Edition.ENTERPRISE, List.of(), List.of(), List.of(), null, null);
    assertThat(refused(draft -> draft.versions(Inventories.version("2.1.4"), bare)))
        .containsExactly(RefusalReason.NO_NODES);
  }

  @Test
  void another_procedure_is_refused_with_those_there_are() {
    Request.Start start = Inventories.startOf(draft -> draft.procedure("in-place"));
    assertThat(reasons(start)).containsExactly(RefusalReason.PROCEDURE_NOT_SUPPORTED);
    assertThat(((Planning.Impossible) Planning.plan(start)).refusals().getFirst().sentence())
        .contains("in-place", "shared-datastore", "keyspace-copy by copy, dump or kong-yml");
    assertThat(refused(draft -> draft.by("keyspace-copy", "pigeon")))
        .containsExactly(RefusalReason.PROCEDURE_NOT_SUPPORTED);
  }

  /// Release 1 did not say how rows travel and could not copy; its journals are decided again.
  @Test
  void a_copy_that_does_not_say_how_is_refused_in_the_words_of_release_1() {
    Request.Start start = Inventories.startOf(draft -> draft.procedure("keyspace-copy"));
    assertThat(((Planning.Impossible) Planning.plan(start)).refusals())
        .containsExactly(
            new Refusal(
                RefusalReason.PROCEDURE_NOT_SUPPORTED,
                "the procedure shared-datastore",
                "cluster payments-eu asks for keyspace-copy",
                "This planner has no other procedure yet."));
  }

  @Test
  void steps_must_rise_above_zero_and_end_at_a_hundred() {
    RefusalReason wrong = RefusalReason.STEPS_NOT_RISING;
    assertThat(refused(draft -> draft.weights())).containsExactly(wrong);
    assertThat(refused(draft -> draft.weights(25))).containsExactly(wrong);
    assertThat(refused(draft -> draft.weights(0, 100))).containsExactly(wrong);
    assertThat(refused(draft -> draft.weights(50, 25, 100))).containsExactly(wrong);
    assertThat(refused(draft -> draft.weights(50, 50, 100))).containsExactly(wrong);
    assertThat(refused(draft -> draft.weights(50, 110))).containsExactly(wrong);
    assertThat(steps(draft -> draft.weights(1, 100))).contains("shift-1", "shift-100");
    assertThat(steps(draft -> draft.weights(100))).contains("shift-100");
  }

  @Test
  void gates_and_hooks_before_unknown_phases_are_refused() {
    assertThat(
            refused(
                draft ->
                    draft
                        .gates(Inventories.gate("window", "shift-26", null))
                        .hooks(Inventories.hook("notify", "lunch"))))
        .containsExactly(RefusalReason.UNKNOWN_PHASE_NAMED, RefusalReason.UNKNOWN_PHASE_NAMED);
  }

  @Test
  void a_gate_needs_a_name_of_its_own() {
    RefusalReason taken = RefusalReason.NAME_TAKEN;
    assertThat(
            refused(
                draft ->
                    draft.gates(
                        Inventories.gate("a", "verify", null),
                        Inventories.gate("a", "migrate-finish", null))))
        .containsExactly(taken);
    assertThat(refused(draft -> draft.gates(Inventories.gate("soak", "migrate-finish", null))))
        .containsExactly(taken);
    assertThat(refused(draft -> draft.gates(Inventories.gate("confirm", "soak", null))))
        .containsExactly(taken);
  }

  @Test
  void settings_out_of_range_are_refused() {
    RefusalReason range = RefusalReason.SETTING_OUT_OF_RANGE;
    Duration zero = Duration.ZERO;
    Duration five = Duration.ofSeconds(5);
    assertThat(refused(d -> d.patience(new Patience(0, five, five, five.plusMillis(1)))))
        .containsExactly(range);
    assertThat(refused(d -> d.patience(new Patience(1, five.negated(), five, five.plusMillis(1)))))
        .containsExactly(range);
    assertThat(refused(d -> d.patience(new Patience(1, five, zero, five)))).containsExactly(range);
    assertThat(refused(d -> d.patience(new Patience(1, five, five, five)))).containsExactly(range);
    assertThat(refused(d -> d.soak(Duration.ofSeconds(-1)))).containsExactly(range);
    assertThat(refused(d -> d.deadline("lunch", five))).containsExactly(range);
    assertThat(refused(d -> d.deadline("soak", zero))).containsExactly(range);
    assertThat(refused(d -> d.deadline("soak", Duration.ofDays(32)))).containsExactly(range);
    assertThat(steps(d -> d.deadline("soak", Duration.ofDays(31)))).isNotEmpty();
    assertThat(steps(d -> d.soak(zero))).isNotEmpty();
    assertThat(steps(d -> d.patience(new Patience(1, zero, five, five.plusMillis(1)))))
        .isNotEmpty();
  }

  @Test
  void every_reason_is_given_at_once() {
    Request.Start start =
        Inventories.start(
            ask ->
                ask.to("3.0.0")
                    .whileRunning("u-0")
                    .of(
                        USUAL
                            .backup("off")
                            .procedure("keyspace-copy")
                            .weights(50)
                            .gates(Inventories.gate("window", "lunch", null))
                            .snapshot()));
    assertThat(reasons(start))
        .containsExactly(
            RefusalReason.ALREADY_RUNNING,
            RefusalReason.UNKNOWN_VERSION,
            RefusalReason.OFF_PATH,
            RefusalReason.PROCEDURE_NOT_SUPPORTED,
            RefusalReason.BACKUP_NOT_ACKNOWLEDGED,
            RefusalReason.STEPS_NOT_RISING,
            RefusalReason.UNKNOWN_PHASE_NAMED);
  }

  @Test
  void an_unknown_cluster_with_a_running_upgrade_gives_both_reasons() {
    assertThat(reasons(Inventories.start(ask -> ask.of(null).whileRunning("u-0"))))
        .containsExactly(RefusalReason.ALREADY_RUNNING, RefusalReason.UNKNOWN_CLUSTER);
  }

  private static Plan plan(UnaryOperator<Draft> change) {
    Planning.Outcome outcome = Planning.plan(Inventories.startOf(change));
    assertThat(outcome).isInstanceOf(Planning.Possible.class);
    return ((Planning.Possible) outcome).plan();
  }

  private static List<String> steps(UnaryOperator<Draft> change) {
    return plan(change).hops().getFirst().steps().stream().map(Step::name).toList();
  }

  private static Phase phase(Plan plan, String name) {
    return plan.hops().getFirst().steps().stream()
        .filter(step -> step.name().equals(name))
        .map(Phase.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<RefusalReason> refused(UnaryOperator<Draft> change) {
    return reasons(Inventories.startOf(change));
  }

  private static List<RefusalReason> reasons(Request.Start start) {
    Planning.Outcome outcome = Planning.plan(start);
    assertThat(outcome).isInstanceOf(Planning.Impossible.class);
    return ((Planning.Impossible) outcome).refusals().stream().map(Refusal::reason).toList();
  }
}
