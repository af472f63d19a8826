package io.changeover.planner.core;

import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradeStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A plan that forgets something must not do harm: the invariants hold whatever the plan says.
class InvariantsTest {
  @ParameterizedTest(name = "without {0}, {1} is unsafe: {2}")
  @CsvSource({
    "soak,           stop-blue,      a soak at 100 % passed",
    "shift,          stop-blue,      'all traffic observed on green, a soak at 100 % passed'",
    "stop-blue,      migrate-finish, blue observed stopped",
    "migrate-finish, open-admin,     migrations observed finished"
  })
  void a_phase_that_is_not_safe_is_not_commanded(String without, String phase, String missing) {
    held(
        without(draft -> draft, step -> step.name().startsWith(without) || shifts(without, step)),
        phase,
        missing);
  }

  private static void held(Journey journey, String phase, String missing) {
    for (int i = 0; i < 30 && !(journey.state() instanceof UpgradeState.Standing); i++) {
      if (journey.state() instanceof UpgradeState.Waiting waiting) {
        journey.feed(journey.answer(waiting.gate().name(), "APPROVED"));
      } else {
        journey.complete();
      }
    }
    Hold hold = ((UpgradeState.Standing) journey.state()).hold();
    assertThat(hold.cause()).isEqualTo(HoldCause.UNSAFE);
    assertThat(hold.at()).isEqualTo(phase);
    assertThat(hold.expected()).isEqualTo(missing);
    assertThat(hold.attempt()).isZero();
    assertThat(hold.reason()).contains(phase);
    given(journey)
        .when(journey.retry())
        .thenTypes(UpgradeEvent.HoldReleased.class, UpgradeHeld.class)
        .thenHeld(HoldCause.UNSAFE);
  }

  private static boolean shifts(String without, Step step) {
    return without.equals("shift") && step.name().equals("soak");
  }

  @ParameterizedTest(name = "by {1} without {0}, {2} is unsafe: {3}")
  @CsvSource({
    "freeze-admin, COPY, copy,        blue's Admin API observed frozen",
    "freeze-admin, DUMP, export,      blue's Admin API observed frozen",
    "bootstrap,    COPY, copy,        green's keyspace observed bootstrapped",
    "bootstrap,    DUMP, import,      green's keyspace observed bootstrapped",
    "accept-loss,  KONG_YML, export,  gates passed [accept-loss]",
    "export,       DUMP, import,      what was exported observed on green's side",
    "transfer,     DUMP, import,      what was exported observed on green's side",
    "copy,         COPY, start-green, blue's configuration observed as it was frozen",
    "compare,      COPY, start-green, both keyspaces observed equal over the whole ring",
    "soak,         COPY, stop-blue,   a soak at 100 % passed",
    "shift,        COPY, stop-blue,   'all traffic observed on green, a soak at 100 % passed'",
    "drain-blue,   COPY, stop-blue,   blue's last writes observed on green after the drain",
    "cut,          COPY, stop-blue,   blue's last writes observed on green after the drain",
    "stop-blue,    COPY, open-admin,  blue observed stopped"
  })
  void a_phase_of_a_copy_that_is_not_safe_is_not_commanded(
      String without, Way way, String phase, String missing) {
    held(
        without(
            draft -> draft.copying(way),
            step -> step.name().startsWith(without) || shifts(without, step)),
        phase,
        missing);
  }

  @Test
  void nothing_is_imported_where_nothing_was_exported() {
    List<String> left = List.of("export", "transfer");
    held(
        without(draft -> draft.copying(Way.DUMP), step -> left.contains(step.name())),
        "import",
        "what was exported observed on green's side");
  }

  @Test
  void stopping_blue_for_good_needs_every_gate_before_it_to_be_passed() {
    Run run =
        ((UpgradeState.Advancing) Journey.to("cut", draft -> draft.copying(Way.COPY)).state())
            .run();
    Run after = run.completed((Phase) run.step(), Evidences.of((Phase) run.step()));
    assertThat(Invariants.forbid(after, (Phase) after.step())).isEmpty();
    Evidence seen = after.evidence();
    Evidence ungated =
        new Evidence(100, true, true, false, "none", "new", List.of(), seen.copied(), Seen.NONE);
    assertThat(Invariants.forbid(with(after, ungated), (Phase) after.step()))
        .contains("gates passed [confirm]");
    assertThat(Invariants.forbid(with(after, Evidence.NONE), (Phase) after.step()).orElseThrow())
        .contains("all traffic", "a soak", "last writes", "as it was frozen", "gates passed");
  }

  /// A look at blue's keyspace says nothing about green's.
  @Test
  void opening_green_after_a_copy_rests_on_its_own_bootstrap() {
    Run run =
        ((UpgradeState.Completing)
                Journey.to("open-admin", draft -> draft.copying(Way.COPY)).state())
            .run();
    Phase open = (Phase) run.step();
    assertThat(Invariants.forbid(run, open)).isEmpty();
    Evidence seen =
        new Evidence(100, true, true, true, "", "executed", List.of(), Copied.NONE, Seen.NONE);
    assertThat(Invariants.forbid(with(run, seen), open)).contains("migrations observed finished");
  }

  private static Run with(Run run, Evidence evidence) {
    return new Run(
        run.upgrade(),
        run.cluster(),
        run.plan(),
        run.startedAt(),
        run.hop(),
        run.position(),
        run.commanded(),
        run.order(),
        evidence);
  }

  @Test
  void what_is_filled_anew_is_compared_and_followed_anew() {
    Digest one = Digest.of(Evidences.CONFIG);
    Digest two = Digest.of(Evidences.CHANGED);
    Copied done = Copied.NONE.onNewKeyspace().filled(one).compared(one).drainedOfBlue();
    assertThat(done.followed(one).cut()).isTrue();
    assertThat(done.followed(one).filled(one).cut()).isFalse();
    assertThat(done.filled(one).equal()).isFalse();
    assertThat(done.exported("x", Digest.NONE).equal()).isFalse();
    assertThat(done.exported("x", Digest.NONE).latest()).isEqualTo(one);
    assertThat(done.transferred("x").exported("y", two).transferred()).isEmpty();
    assertThat(done.compared(two).unchanged()).isFalse();
    assertThat(done.compared(two).frozen()).isEqualTo(one);
    assertThat(Copied.NONE.onNewKeyspace().filled(one).followed(one).cut()).isFalse();
    assertThat(Copied.NONE.drainedOfBlue()).isEqualTo(Copied.NONE);
    assertThat(Copied.NONE.unchanged()).isFalse();
    assertThat(Copied.NONE.changed()).isFalse();
  }

  @Test
  void digests_differ_by_table() {
    Digest one = new Digest("1", "acls=1, plugins=1 ,routes=1,odd");
    assertThat(new Digest("2", "plugins=2,routes=1,odd,tags=1").tablesChangedSince(one))
        .containsExactly("acls", "plugins", "tags");
    assertThat(one.tablesChangedSince(one)).isEmpty();
    assertThat(one.tablesChangedSince(Digest.NONE)).isEmpty();
    assertThat(Digest.NONE.tablesChangedSince(one)).isEmpty();
  }

  @Test
  void finish_needs_every_gate_before_it_to_be_passed() {
    Journey journey = Journey.to("confirm");
    Run run = ((UpgradeState.AtGate) journey.state()).run();
    Run jumped =
        new Run(
            run.upgrade(),
            run.cluster(),
            run.plan(),
            run.startedAt(),
            0,
            run.position() + 1,
            run.commanded(),
            run.order(),
            run.evidence());
    Phase finish = (Phase) jumped.step();
    assertThat(Invariants.forbid(jumped, finish)).contains("gates passed [confirm]");
    assertThat(Invariants.forbid(run.passed("confirm"), finish)).isEmpty();
  }

  @Test
  void finish_needs_all_traffic_on_green() {
    Run run = Run.begin(Journey.UPGRADE, Journey.CLUSTER, plan(step -> true), Journey.T0);
    assertThat(Invariants.forbid(run, phase("migrate-finish")))
        .contains("all traffic observed on green, blue observed stopped");
    assertThat(Invariants.forbid(run, phase("open-admin")))
        .contains("blue observed stopped, migrations observed finished");
    assertThat(Invariants.forbid(run, phase("rollback-open-admin"))).isEmpty();
    assertThat(Invariants.forbid(run, phase("rollback-stop-green"))).isEmpty();
    assertThat(Invariants.forbid(run, phase("shift-25"))).isEmpty();
  }

  @Test
  void a_plan_that_ends_before_the_point_of_no_return_is_a_fault_of_ours() {
    Journey journey = without(draft -> draft, step -> !step.name().equals("preflight"));
    assertThatThrownBy(journey::complete)
        .isInstanceOf(BrokenInvariant.class)
        .hasMessageContaining("upgrade u-1 of cluster payments-eu");
  }

  @Test
  void evidence_remembers_the_last_look() {
    Evidence seen = Evidence.NONE;
    seen = seen.after(phase("preflight"), Evidences.of(phase("preflight")));
    assertThat(seen.schema()).isEqualTo("new");
    seen = seen.after(phase("migrate-up"), Evidences.of(phase("migrate-up")));
    assertThat(seen.schema()).isEqualTo("pending");
    seen = seen.after(phase("fence-admin"), Evidences.of(phase("fence-admin")));
    assertThat(seen.adminOpen()).isEqualTo("blue");
    seen = seen.after(phase("start-green"), Evidences.of(phase("start-green")));
    seen = seen.after(phase("shift-25"), Evidences.of(phase("shift-25")));
    assertThat(seen.weightGreen()).isEqualTo(25);
    assertThat(seen.trafficOnGreen()).isFalse();
    seen = seen.after(phase("shift-100"), Evidences.of(phase("shift-100")));
    assertThat(seen.trafficOnGreen()).isTrue();
    assertThat(seen.soaked()).isFalse();
    seen = seen.after(phase("soak"), Evidences.of(phase("soak")));
    assertThat(seen.soaked()).isTrue();
    seen = seen.after(phase("stop-blue"), Evidences.of(phase("stop-blue")));
    assertThat(seen.blueStopped()).isTrue();
    seen = seen.passed("confirm").passed("confirm");
    assertThat(seen.gatesPassed()).containsExactly("confirm");
    Evidence whole =
        new Evidence(
            100, true, true, true, "blue", "pending", List.of("confirm"), Copied.NONE, Seen.NONE);
    assertThat(seen).isEqualTo(whole);
    seen = seen.after(phase("rollback-start-blue"), new TreeMap<>());
    assertThat(seen.blueStopped()).isFalse();
    seen = seen.after(phase("rollback-stop-green"), new TreeMap<>());
    seen = seen.after(phase("rollback-traffic"), Evidences.of(phase("rollback-traffic")));
    assertThat(seen)
        .isEqualTo(
            new Evidence(
                0,
                false,
                false,
                false,
                "blue",
                "pending",
                List.of("confirm"),
                Copied.NONE,
                Seen.NONE));
  }

  private static Phase phase(String name) {
    Hop hop = plan(step -> false).hops().getFirst();
    return java.util.stream.Stream.concat(hop.steps().stream(), hop.rollback().stream())
        .filter(step -> step.name().equals(name))
        .map(Phase.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Journey without(UnaryOperator<Inventories.Draft> change, Predicate<Step> left) {
    Journey journey = Journey.nowhere();
    journey.take(
        new UpgradeStarted(
            Journey.T0, Journey.UPGRADE, Journey.CLUSTER, plan(change, left), "ann", "because"));
    return journey.admit();
  }

  private static Plan plan(Predicate<Step> left) {
    return plan(draft -> draft, left);
  }

  private static Plan plan(UnaryOperator<Inventories.Draft> change, Predicate<Step> left) {
    Plan plan = ((Planning.Possible) Planning.plan(Inventories.startOf(change))).plan();
    Hop hop = plan.hops().getFirst();
    List<Step> steps = new ArrayList<>(hop.steps());
    steps.removeIf(left);
    return new Plan(
        List.of(
            new Hop(hop.procedure(), hop.fromVersion(), hop.toVersion(), steps, hop.rollback())),
        plan.plugins(),
        plan.acknowledgements(),
        plan.patience());
  }

  @Test
  void a_proof_of_the_wrong_attempt_does_not_fold() {
    Journey journey = Journey.to("migrate-up");
    UpgradeDecider decider = new UpgradeDecider();
    assertThatThrownBy(
            () ->
                decider.evolve(
                    journey.state(),
                    new PhaseCompleted(journey.now(), "migrate-up", 2, new TreeMap<>())))
        .isInstanceOf(BrokenInvariant.class);
  }
}
