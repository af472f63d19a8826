package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.Inventories.Draft;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyspaceCopyPlanTest {
  private static final List<String> FIRST =
      List.of("preflight", "preflight-router", "freeze-admin", "bootstrap");
  private static final List<String> LAST =
      List.of(
          "compare",
          "start-green",
          "shift-25",
          "shift-100",
          "soak",
          "confirm",
          "drain-blue",
          "cut",
          "stop-blue",
          "open-admin",
          "verify");

  @Test
  void the_way_decides_how_green_is_filled() {
    assertThat(steps(Way.COPY)).isEqualTo(whole("copy"));
    assertThat(steps(Way.DUMP)).isEqualTo(whole("export", "transfer", "import"));
    assertThat(steps(Way.KONG_YML)).isEqualTo(whole("accept-loss", "export", "transfer", "import"));
  }

  private static List<String> whole(String... fill) {
    return java.util.stream.Stream.of(FIRST, List.of(fill), LAST).flatMap(List::stream).toList();
  }

  @Test
  void phases_go_to_their_workers_with_their_sides() {
    Plan plan = plan(draft -> draft.copying(Way.DUMP));
    assertThat(phase(plan, "freeze-admin").worker()).isEqualTo(Worker.TRAFFIC);
    assertThat(phase(plan, "freeze-admin").side()).isEqualTo(Side.BLUE);
    assertThat(phase(plan, "bootstrap").worker()).isEqualTo(Worker.MIGRATOR);
    assertThat(phase(plan, "bootstrap").side()).isEqualTo(Side.GREEN);
    for (String name : List.of("export", "transfer", "import", "compare", "cut")) {
      assertThat(phase(plan, name).worker()).isEqualTo(Worker.EXPORTER);
      assertThat(phase(plan, name).side()).isNull();
    }
    assertThat(phase(plan, "cut").action()).isEqualTo(Action.DELTA);
    assertThat(phase(plan(draft -> draft.copying(Way.COPY)), "copy").worker())
        .isEqualTo(Worker.EXPORTER);
    assertThat(plan.hops().getFirst().procedure()).isEqualTo(new Procedure.Copy(Way.DUMP));
  }

  @Test
  void what_reads_whole_keyspaces_may_take_hours() {
    Plan plan = plan(draft -> draft.copying(Way.DUMP).deadline("import", Duration.ofHours(30)));
    assertThat(phase(plan, "export").deadline()).isEqualTo(Duration.ofHours(12));
    assertThat(phase(plan, "compare").deadline()).isEqualTo(Duration.ofHours(4));
    assertThat(phase(plan, "import").deadline()).isEqualTo(Duration.ofHours(30));
  }

  @Test
  void confirm_is_added_before_the_drain_where_other_gates_are_asked_for_without_it() {
    assertThat(
            steps(draft -> draft.copying(Way.COPY).gates(Inventories.gate("window", "copy", null))))
        .containsSubsequence("window", "copy", "soak", "confirm", "drain-blue", "cut");
    assertThat(steps(draft -> draft.copying(Way.COPY).ungated())).doesNotContain("confirm");
  }

  @Test
  void the_loss_is_accepted_at_a_gate_that_nobody_can_leave_out() {
    assertThat(steps(draft -> draft.copying(Way.KONG_YML).ungated()))
        .containsSubsequence("bootstrap", "accept-loss", "export")
        .doesNotContain("confirm");
    Plan own =
        plan(
            draft ->
                draft
                    .copying(Way.KONG_YML)
                    .gates(Inventories.gate("accept-loss", "export", Duration.ofHours(2))));
    assertThat(own.hops().getFirst().steps())
        .containsOnlyOnce(new Gate("accept-loss", Duration.ofHours(2)))
        .extracting(Step::name)
        .containsOnlyOnce("accept-loss");
  }

  @Test
  void its_name_stands_for_nothing_else() {
    assertThat(
            refused(
                draft ->
                    draft
                        .copying(Way.KONG_YML)
                        .gates(Inventories.gate("accept-loss", "soak", null))))
        .containsExactly(RefusalReason.NAME_TAKEN);
    assertThat(
            steps(
                draft ->
                    draft.copying(Way.COPY).gates(Inventories.gate("accept-loss", "soak", null))))
        .containsSubsequence("accept-loss", "soak");
  }

  @Test
  void gates_stand_before_phases_of_the_way() {
    assertThat(
            refused(
                draft ->
                    draft
                        .copying(Way.COPY)
                        .gates(
                            Inventories.gate("b", "migrate-finish", null),
                            Inventories.gate("a", "export", null))))
        .containsExactly(RefusalReason.UNKNOWN_PHASE_NAMED, RefusalReason.UNKNOWN_PHASE_NAMED);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void the_way_back_needs_no_start_of_blue(Way way) {
    assertThat(plan(draft -> draft.copying(way)).hops().getFirst().rollback())
        .extracting(Phase::name)
        .containsExactly(
            "rollback-traffic", "rollback-stop-green", "rollback-open-admin", "rollback-verify");
  }

  @Test
  void blue_s_keyspace_is_the_backup() {
    assertThat(steps(draft -> draft.copying(Way.COPY).backup("copy"))).doesNotContain("backup");
    assertThat(steps(draft -> draft.copying(Way.COPY).backup("off"))).doesNotContain("backup");
    assertThat(refused(draft -> draft.copying(Way.COPY).backup("tape")))
        .containsExactly(RefusalReason.UNKNOWN_BACKUP);
  }

  /// Before 2.1 unique values had no workspace in front: verbatim would be wrong.
  @Test
  void rows_of_versions_before_workspaces_are_not_copied() {
    ClusterSnapshot old =
        new ClusterSnapshot(
            ClusterSnapshot.RULES,
            "payments-eu",
            Topology.TRADITIONAL,
            true,
            "keyspace-copy",
            "copy",
            "1.5.0",
            List.of(Inventories.version("1.5.0"), Inventories.version("2.1.4")),
            "copy",
            List.of(new Shift(100, Duration.ZERO, null)),
            Duration.ZERO,
            null,
            List.of(),
            List.of(),
            java.util.Map.of(),
            Inventories.PATIENCE);
    Request.Start start =
        Inventories.start(ask -> ask.to("2.1.4").of(old).acknowledging("downtime:1.5-2.1"));
    List<Refusal> refusals = ((Planning.Impossible) Planning.plan(start)).refusals();
    assertThat(refusals)
        .extracting(Refusal::reason)
        .containsExactly(RefusalReason.PROCEDURE_NOT_SUPPORTED);
    assertThat(refusals.getFirst().sentence()).contains("1.5.0", "sameKeyspace");
  }

  private static List<String> steps(Way way) {
    return steps(draft -> draft.copying(way));
  }

  private static List<String> steps(UnaryOperator<Draft> change) {
    return plan(change).hops().getFirst().steps().stream().map(Step::name).toList();
  }

  private static Plan plan(UnaryOperator<Draft> change) {
    Planning.Outcome outcome = Planning.plan(Inventories.startOf(change));
    assertThat(outcome).isInstanceOf(Planning.Possible.class);
    return ((Planning.Possible) outcome).plan();
  }

  private static Phase phase(Plan plan, String name) {
    return plan.hops().getFirst().steps().stream()
        .filter(step -> step.name().equals(name))
        .map(Phase.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<RefusalReason> refused(UnaryOperator<Draft> change) {
    Planning.Outcome outcome = Planning.plan(Inventories.startOf(change));
    assertThat(outcome).isInstanceOf(Planning.Impossible.class);
    return ((Planning.Impossible) outcome).refusals().stream().map(Refusal::reason).toList();
  }
}
