package io.changeover.planner.core;

import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.GatePassed;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.PointOfNoReturnPassed;
import io.changeover.planner.core.UpgradeEvent.RollbackStarted;
import io.changeover.planner.core.UpgradeEvent.UpgradeFinished;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradeResumed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyspaceCopyTest {
  private static final String UNDO =
      "rollback-traffic rollback-stop-green rollback-open-admin rollback-verify";

  private static Journey to(String step) {
    return to(step, Way.COPY);
  }

  private static Journey to(String step, Way way) {
    return Journey.to(step, draft -> draft.copying(way));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void every_way_ends_with_everything_proven(Way way) {
    Journey journey = to("verify", way);
    Scenario scenario =
        given(journey)
            .when(journey.completed())
            .thenTypes(PhaseCompleted.class, UpgradeFinished.class)
            .andStage("finished");
    Evidence seen = ((UpgradeState.Finished) scenario.state()).run().evidence();
    Digest config = Digest.of(Evidences.CONFIG);
    String dump = way == Way.COPY ? "" : Evidences.sha256('d');
    assertThat(seen.copied())
        .isEqualTo(new Copied(true, config, config, dump, dump, true, true, true));
    assertThat(seen.adminOpen()).isEqualTo("green");
  }

  @ParameterizedTest(name = "{0} from {1}: {2}")
  @CsvSource({
    "COPY,     preflight,    rollback-verify, ''",
    "COPY,     freeze-admin, rollback-open-admin rollback-verify, ''",
    "COPY,     bootstrap,    rollback-open-admin rollback-verify, kept",
    "COPY,     copy,         rollback-open-admin rollback-verify, kept",
    "DUMP,     export,       rollback-open-admin rollback-verify, kept",
    "DUMP,     transfer,     rollback-open-admin rollback-verify, kept",
    "DUMP,     import,       rollback-open-admin rollback-verify, kept",
    "KONG_YML, accept-loss,  rollback-open-admin rollback-verify, kept",
    "KONG_YML, import,       rollback-open-admin rollback-verify, kept",
    "COPY,     compare,      rollback-open-admin rollback-verify, kept",
    "COPY,     start-green,  rollback-stop-green rollback-open-admin rollback-verify, kept",
    "COPY,     shift-25," + UNDO + ", kept",
    "COPY,     soak," + UNDO + ", kept",
    "COPY,     confirm," + UNDO + ", kept",
    "COPY,     drain-blue," + UNDO + ", kept",
    "COPY,     cut," + UNDO + ", kept"
  })
  void before_blue_is_stopped_everything_is_undone(
      Way way, String at, String expected, String left) {
    Journey journey = to(at, way);
    List<String> phases = Arrays.asList(expected.strip().split(" ", -1));
    Scenario scenario = given(journey).when(journey.abort()).andStage("rolling-back");
    assertThat(((RollbackStarted) scenario.decided().getFirst()).phases()).isEqualTo(phases);
    journey.with(Journey::abort).untilEnded();
    UpgradeState.RolledBack ended = (UpgradeState.RolledBack) journey.state();
    assertThat(ended.leftPending()).isEqualTo(left.isEmpty() ? "" : Retreat.KEYSPACE);
    assertThat(ended.run().evidence().adminOpen())
        .isEqualTo(phases.contains("rollback-open-admin") ? "blue" : "");
  }

  @Test
  void the_stop_of_blue_is_the_point_of_no_return() {
    Journey journey = to("cut");
    given(journey)
        .when(journey.completed())
        .thenTypes(PhaseCompleted.class, PointOfNoReturnPassed.class, PhaseCommanded.class)
        .andEffects("u-1/stop-blue/1")
        .andStage("completing");
  }

  @Test
  void each_procedure_is_committed_by_one_phase_of_its_hop() {
    assertThat(committing(draft -> draft)).containsExactly("migrate-finish");
    for (Way way : Way.values()) {
      assertThat(committing(draft -> draft.copying(way))).containsExactly("stop-blue");
    }
  }

  private static List<String> committing(UnaryOperator<Inventories.Draft> change) {
    Hop hop = ((UpgradeState.Queued) Journey.queued(change).state()).run().current();
    return Stream.concat(hop.steps().stream(), hop.rollback().stream())
        .filter(Phase.class::isInstance)
        .map(Phase.class::cast)
        .filter(hop.procedure()::committedBy)
        .map(Phase::name)
        .toList();
  }

  @Test
  void a_pause_before_it_holds_it_back() {
    Journey journey = to("cut").with(Journey::pause).complete();
    assertThat(journey.state()).isInstanceOf(UpgradeState.Reversible.class);
    given(journey)
        .when(journey.resume())
        .thenTypes(UpgradeResumed.class, PointOfNoReturnPassed.class, PhaseCommanded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop-blue", "open-admin", "verify"})
  void nothing_turns_back_any_more(String phase) {
    Journey journey = to(phase);
    assertThat(journey.state()).isNotInstanceOf(UpgradeState.Reversible.class);
    given(journey)
        .when(journey.abort())
        .thenRefused(RefusalReason.PAST_POINT_OF_NO_RETURN)
        .saying("completing at " + phase);
    given(journey)
        .when(journey.failed(FailureKind.FATAL))
        .thenTypes(PhaseFailed.class, UpgradeHeld.class)
        .andStage("held-committed");
    Journey held = journey.with(j -> j.failed(FailureKind.FATAL));
    given(held)
        .when(held.retry())
        .thenTypes(HoldReleased.class, PhaseCommanded.class)
        .andEffects("u-1/" + phase + "/2")
        .andStage("completing");
  }

  @Test
  void confirm_stands_before_the_drain() {
    Journey journey = to("confirm");
    given(journey)
        .when(journey.answer("confirm", "APPROVED"))
        .thenTypes(GatePassed.class, PhaseCommanded.class)
        .andEffects("u-1/drain-blue/1")
        .andStage("advancing");
    given(journey)
        .when(journey.answer("confirm", "REJECTED"))
        .thenHeld(HoldCause.GATE_REJECTED)
        .andStage("held");
  }

  @Test
  void a_loss_that_is_not_accepted_is_not_made() {
    Journey journey = to("accept-loss", Way.KONG_YML);
    given(journey)
        .when(journey.answer("accept-loss", "REJECTED"))
        .thenHeld(HoldCause.GATE_REJECTED)
        .andEffects();
    given(journey).when(journey.answer("accept-loss", "APPROVED")).andEffects("u-1/export/1");
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "compare, COPY, start-green",
    "compare, DUMP, start-green",
    "compare, KONG_YML, start-green",
    "cut, COPY, stop-blue",
    "cut, DUMP, stop-blue"
  })
  void a_configuration_that_changed_is_held_with_its_tables(String seenBy, Way way, String before) {
    Journey journey = to(seenBy, way);
    Scenario scenario =
        given(journey)
            .when(journey.completed(with(journey, Evidences.CHANGED)))
            .thenTypes(PhaseCompleted.class, UpgradeHeld.class)
            .thenHeld(HoldCause.CONFIGURATION_CHANGED)
            .andStage("held");
    Hold hold = ((UpgradeState.Held) scenario.state()).hold();
    assertThat(hold.at()).isEqualTo(before);
    assertThat(hold.attempt()).isZero();
    assertThat(hold.reason())
        .isEqualTo("blue's configuration changed since it was frozen, in plugins and routes");
    journey.feed(journey.completed(with(journey, Evidences.CHANGED)));
    given(journey).when(journey.retry()).thenHeld(HoldCause.CONFIGURATION_CHANGED);
    given(journey).when(journey.abort()).andStage("rolling-back");
  }

  @Test
  void a_change_between_export_and_import_is_held_too() {
    Journey journey = to("export", Way.DUMP);
    journey.feed(journey.completed(with(journey, Evidences.CHANGED)));
    journey.until("compare");
    given(journey).when(journey.completed()).thenHeld(HoldCause.CONFIGURATION_CHANGED);
  }

  @Test
  void a_change_back_is_no_change() {
    Journey journey = to("copy");
    journey.feed(journey.completed(with(journey, Evidences.CHANGED)));
    journey.feed(journey.completed(with(journey, Evidences.CHANGED)));
    assertThat(journey.known().at()).isEqualTo("start-green");
  }

  @Test
  void tables_that_nobody_named_are_said_to_be_unnamed() {
    Journey journey = to("compare");
    SortedMap<String, String> facts = with(journey, Evidences.CHANGED);
    facts.remove("digest.tables");
    Scenario scenario = given(journey).when(journey.completed(facts));
    assertThat(((UpgradeState.Held) scenario.state()).hold().reason())
        .endsWith("in tables that were not named");
  }

  @ParameterizedTest
  @CsvSource({"compare.equal, false", "compare.coverage, 0.5"})
  void a_comparison_that_found_something_or_left_something_out_is_no_proof(
      String fact, String value) {
    Journey journey = to("compare");
    given(journey)
        .when(journey.completed(with(journey, Map.of(fact, value))))
        .thenTypes(UpgradeHeld.class)
        .thenHeld(HoldCause.EVIDENCE_MISSING);
  }

  @Test
  void differences_are_held_with_their_diff_and_compared_again_on_retry() {
    Journey journey = to("compare");
    given(journey).when(journey.failed(FailureKind.FATAL)).thenHeld(HoldCause.FATAL);
    Journey held = journey.with(j -> j.failed(FailureKind.FATAL));
    given(held).when(held.retry()).andEffects("u-1/compare/2");
  }

  @Test
  void what_arrived_must_be_what_was_exported() {
    Journey journey = to("transfer", Way.DUMP);
    Scenario scenario =
        given(journey)
            .when(journey.completed(with(journey, Map.of("dump.sha256", Evidences.sha256('e')))))
            .thenHeld(HoldCause.UNSAFE);
    assertThat(((UpgradeState.Held) scenario.state()).hold().expected())
        .isEqualTo("what was exported observed on green's side");
  }

  @Test
  void a_last_look_without_proof_does_not_stop_blue() {
    Journey journey = to("cut");
    given(journey).when(journey.completed(new TreeMap<>())).thenHeld(HoldCause.EVIDENCE_MISSING);
    given(journey)
        .when(journey.failed(FailureKind.RETRYABLE))
        .thenTypes(PhaseFailed.class, UpgradeEvent.RetryScheduled.class);
  }

  private static SortedMap<String, String> with(Journey journey, Map<String, String> facts) {
    return Evidences.with(Evidences.of(journey.working().phase()), facts);
  }
}
