package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.planner.core.Inventories.Setting;
import io.changeover.planner.journal.JournalCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The procedures of releases from 3 on, and upgrades of several hops.
class ProceduresTest {
  private static final Setting USUAL = Setting.USUAL;

  private static Request.Start start(
      String from, String to, List<String> accepted, UnaryOperator<Inventories.Draft> change) {
    Inventories.Draft draft = change.apply(Inventories.usual());
    return Inventories.start(
        ask ->
            ask.to(to)
                .acknowledging(accepted.toArray(String[]::new))
                .of(draft.setting(draft.setting().serving(from)).snapshot()));
  }

  private static Request.Start along(String from, String to, String... accepted) {
    return start(
        from,
        to,
        List.of(accepted),
        draft ->
            draft.versions(
                Stream.of("0.36.4", "1.3.0.1", "1.5.0.2", "1.5.0.11", "2.1.0", "2.1.4.0", "2.2.2")
                    .map(Inventories::version)
                    .toArray(ClusterSnapshot.Version[]::new)));
  }

  private static Request.Start hybrid() {
    return start("2.1.4", "2.2.2", List.of(), draft -> draft.setting(USUAL.of(Topology.HYBRID)));
  }

  private static Request.Start dbLess() {
    return start(
        "2.1.4",
        "2.2.2",
        List.of(),
        draft -> draft.procedure("db-less").setting(USUAL.of(Topology.DB_LESS)));
  }

  private static Request.Start community(String to, String backup) {
    return start(
        "2.1.4",
        to,
        List.of("backup-off"),
        draft ->
            draft
                .backup(backup)
                .versions(
                    edition("2.1.4", Edition.COMMUNITY),
                    edition("2.1.4.0", Edition.ENTERPRISE),
                    edition("2.2.2", Edition.ENTERPRISE)));
  }

  private static ClusterSnapshot.Version edition(String version, Edition edition) {
    return new ClusterSnapshot.Version(
        version, edition, List.of("n"), List.of(), List.of(), null, null);
  }

  private static Request.Install install(Setting setting) {
    return Inventories.install(setting);
  }

  private static Plan plan(Request.Opening opening) {
    Planning.Outcome outcome = Planning.plan(opening);
    assertThat(outcome).isInstanceOf(Planning.Possible.class);
    return ((Planning.Possible) outcome).plan();
  }

  private static List<String> names(Hop hop) {
    return hop.steps().stream().map(Step::name).toList();
  }

  private static List<RefusalReason> reasons(Request.Opening opening) {
    Planning.Outcome outcome = Planning.plan(opening);
    assertThat(outcome).isInstanceOf(Planning.Impossible.class);
    return ((Planning.Impossible) outcome).refusals().stream().map(Refusal::reason).toList();
  }

  private static Journey begun(Request.Opening opening) {
    Journey journey = Journey.nowhere();
    journey.feed(opening);
    return journey.admit();
  }

  private static Journey at(Request.Opening opening, String step) {
    return begun(opening).until(step);
  }

  static Stream<Request.Opening> openings() {
    return Stream.of(
        along("1.5.0.2", "2.1.4.0", "downtime:1.5-2.1"),
        along("0.36.4", "2.2.2", "downtime:0.36-1.3", "downtime:1.3-1.5", "downtime:1.5-2.1"),
        along("2.1.0", "2.1.4.0"),
        community("2.2.2", "copy"),
        Inventories.plugin(draft -> draft),
        hybrid(),
        dbLess(),
        install(USUAL.serving("")),
        install(USUAL.serving("").of(Topology.HYBRID)),
        install(USUAL.serving("").of(Topology.DB_LESS)));
  }

  @ParameterizedTest
  @MethodSource("openings")
  void every_procedure_comes_to_its_end_and_is_written_down_as_it_is(Request.Opening opening) {
    Journey journey = begun(opening);
    for (int i = 0; i < 200 && !journey.state().ended(); i++) {
      assertThat(JournalCodec.state(JournalCodec.snapshot(journey.state())))
          .isEqualTo(journey.state());
      step(journey);
    }
    assertThat(journey.state().stage()).isEqualTo("finished");
    assertThat(JournalCodec.events(journey.events())).hasSameSizeAs(journey.events());
  }

  private static void step(Journey journey) {
    if (journey.state() instanceof UpgradeState.Waiting waiting) {
      journey.feed(journey.answer(waiting.gate().name(), "APPROVED"));
    } else {
      journey.complete();
    }
  }

  @ParameterizedTest
  @MethodSource("openings")
  void every_procedure_goes_back_from_every_step_before_its_point_of_no_return(
      Request.Opening opening) {
    int steps = plan(opening).hops().stream().mapToInt(hop -> hop.steps().size()).sum();
    for (int done = 0; done < steps; done++) {
      Journey journey = begun(opening);
      for (int i = 0; i < done; i++) {
        step(journey);
      }
      boolean back = journey.state() instanceof UpgradeState.Reversible;
      journey.feed(journey.abort());
      if (back) {
        journey.untilEnded();
        assertThat(journey.state().stage()).as("after %s", done).isEqualTo("rolled-back");
      } else {
        assertThat(journey.events().getLast()).isInstanceOf(UpgradeEvent.RequestRefused.class);
      }
    }
  }

  @Test
  void several_hops_are_one_upgrade_by_the_newest_version_of_each_minor() {
    Plan plan = plan(along("1.3.0.1", "2.2.2", "downtime:1.3-1.5", "downtime:1.5-2.1"));
    assertThat(plan.hops())
        .extracting(hop -> hop.fromVersion() + " " + hop.toVersion() + " " + hop.procedure().word())
        .containsExactly(
            "1.3.0.1 1.5.0.11 shared-datastore",
            "1.5.0.11 2.1.4.0 shared-datastore-downtime",
            "2.1.4.0 2.2.2 shared-datastore");
    List<String> all = plan.hops().stream().flatMap(hop -> names(hop).stream()).toList();
    assertThat(all).doesNotHaveDuplicates().contains("migrate-up", "hop2-open", "hop3-confirm");
  }

  @Test
  void every_hop_before_2_1_has_to_be_accepted_by_name() {
    assertThat(reasons(along("0.36.4", "2.2.2", "downtime:1.3-1.5")))
        .containsExactly(
            RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED, RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED);
    Planning.Impossible none = (Planning.Impossible) Planning.plan(along("0.36.4", "2.2.2"));
    assertThat(none.refusals().stream().map(Refusal::sentence))
        .hasSize(3)
        .anyMatch(sentence -> sentence.contains("0.36-1.3"))
        .anyMatch(sentence -> sentence.contains("1.3-1.5"))
        .anyMatch(sentence -> sentence.contains("1.5-2.1"));
  }

  @Test
  void a_minor_that_nobody_describes_is_named_with_the_path_that_works() {
    Request.Start gap =
        start(
            "1.3.0",
            "2.2.2",
            List.of("downtime:1.3-1.5", "downtime:1.5-2.1"),
            draft -> draft.versions(Inventories.version("1.3.0"), Inventories.version("2.2.2")));
    assertThat(reasons(gap)).containsExactly(RefusalReason.SKIPPED_HOP, RefusalReason.SKIPPED_HOP);
    assertThat(((Planning.Impossible) Planning.plan(gap)).refusals().getFirst().sentence())
        .contains("a version of 1.5", "1.3 → 1.5 → 2.1 → 2.2");
  }

  @Test
  void a_patch_is_a_hop_of_its_own_kind_without_downtime() {
    Hop patch = plan(along("2.1.0", "2.1.4.0")).hops().getFirst();
    assertThat(patch.patch()).isTrue();
    assertThat(names(patch)).contains("migrate-up", "shift-25", "migrate-finish");
    assertThat(plan(along("2.1.0", "2.2.2")).hops().getFirst().patch()).isFalse();
  }

  @Test
  void a_finished_hop_is_never_crossed_backwards() {
    Journey journey = at(along("1.5.0.2", "2.2.2", "downtime:1.5-2.1"), "hop2-shift-25");
    assertThat(journey.events()).filteredOn(UpgradeEvent.HopCompleted.class::isInstance).hasSize(1);
    journey.feed(journey.abort());
    UpgradeEvent.RollbackStarted back =
        journey.events().stream()
            .filter(UpgradeEvent.RollbackStarted.class::isInstance)
            .map(UpgradeEvent.RollbackStarted.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(back.phases()).isNotEmpty().allMatch(name -> name.startsWith("hop2-rollback-"));
    journey.untilEnded();
    UpgradeState.RolledBack end = (UpgradeState.RolledBack) journey.state();
    assertThat(end.run().current().fromVersion()).isEqualTo("2.1.4.0");
  }

  @Test
  void the_next_hop_begins_with_nothing_seen() {
    Journey journey = at(along("1.5.0.2", "2.2.2", "downtime:1.5-2.1"), "hop2-preflight");
    UpgradeState.Advancing state = (UpgradeState.Advancing) journey.state();
    assertThat(state.run().evidence()).isEqualTo(Evidence.NONE);
    assertThat(journey.state()).isInstanceOf(UpgradeState.Reversible.class);
  }

  @Test
  void a_hop_is_not_completed_before_its_end_nor_after_the_last() {
    UpgradeDecider decider = new UpgradeDecider();
    UpgradeEvent done = new UpgradeEvent.HopCompleted(Journey.T0, 0);
    UpgradeState early = at(along("1.5.0.2", "2.2.2", "downtime:1.5-2.1"), "verify").state();
    assertThatThrownBy(() -> decider.evolve(early, done)).isInstanceOf(BrokenInvariant.class);
    UpgradeState advancing = at(along("1.5.0.2", "2.2.2", "downtime:1.5-2.1"), "backup").state();
    assertThatThrownBy(() -> decider.evolve(advancing, done)).isInstanceOf(BrokenInvariant.class);
  }

  @Test
  void with_downtime_blue_is_gone_before_up_and_the_time_is_measured() {
    Request.Start start = along("1.5.0.2", "2.1.4.0", "downtime:1.5-2.1");
    assertThat(names(plan(start).hops().getFirst()))
        .containsExactly(
            "preflight",
            "preflight-router",
            "backup",
            "fence-admin",
            "confirm",
            "dev-portal",
            "drain-blue",
            "stop-blue",
            "migrate-up",
            "migrate-finish",
            "start-green",
            "open",
            "open-admin",
            "verify");
    Journey journey = at(start, "stop-blue");
    assertThat(journey.state()).isInstanceOf(UpgradeState.Reversible.class);
    assertThat(journey.until("migrate-up").state()).isInstanceOf(UpgradeState.Completing.class);
    journey.until("open").later(Duration.ofMillis(90_500)).complete();
    UpgradeEvent.PhaseCompleted open =
        journey.events().stream()
            .filter(UpgradeEvent.PhaseCompleted.class::isInstance)
            .map(UpgradeEvent.PhaseCompleted.class::cast)
            .filter(done -> done.phase().equals("open"))
            .findFirst()
            .orElseThrow();
    assertThat(open.facts()).containsEntry("downtime.seconds", "96");
  }

  @Test
  void nobody_waits_for_a_portal_that_is_not_there() {
    Request.Start start = along("1.5.0.2", "2.1.4.0", "downtime:1.5-2.1", "no-dev-portal");
    assertThat(names(plan(start).hops().getFirst())).doesNotContain("dev-portal");
  }

  @Test
  void from_community_the_same_base_comes_first_and_up_is_the_point_of_no_return() {
    Plan plan = plan(community("2.2.2", "copy"));
    assertThat(plan.hops())
        .extracting(hop -> hop.toVersion() + " " + hop.procedure().word())
        .containsExactly("2.1.4.0 community-to-enterprise", "2.2.2 shared-datastore");
    assertThat(names(plan.hops().getFirst()))
        .containsSubsequence("fence-admin", "backup", "confirm", "migrate-up", "start-green");
    assertThat(at(community("2.1.4.0", "copy"), "migrate-up").state())
        .isInstanceOf(UpgradeState.Completing.class);
    assertThat(reasons(community("2.1.4.0", "off"))).contains(RefusalReason.BACKUP_REQUIRED);
  }

  @Test
  void from_community_a_keyspace_is_shared_without_asking_for_it() {
    Request.Start onCassandra =
        start(
            "2.1.4",
            "2.1.4.0",
            List.of(),
            draft ->
                draft
                    .by("shared-datastore", "same-keyspace")
                    .versions(
                        edition("2.1.4", Edition.COMMUNITY),
                        edition("2.1.4.0", Edition.ENTERPRISE)));
    Plan plan = plan(onCassandra);
    assertThat(names(plan.hops().getFirst()))
        .isEqualTo(names(plan(community("2.1.4.0", "copy")).hops().getFirst()))
        .containsSubsequence("backup", "confirm", "migrate-up", "migrate-finish");
  }

  @Test
  void from_community_nothing_migrates_without_a_count_and_none_may_be_lost() {
    Journey uncounted = at(community("2.1.4.0", "copy"), "backup");
    uncounted.feed(
        uncounted.completed(
            Evidences.with(Map.of("backup.sha256", "a", "backup.rows", "1"), Map.of())));
    uncounted.feed(uncounted.answer("confirm", "APPROVED"));
    assertThat(((UpgradeState.Held) uncounted.state()).hold().expected())
        .contains("entities.before");
    Journey lost = at(community("2.1.4.0", "copy"), "verify");
    lost.feed(
        lost.completed(
            Evidences.with(
                Evidences.of(lost.working().phase()), Map.of("entities.after", "default=11"))));
    assertThat(((UpgradeState.HeldCommitted) lost.state()).hold().expected())
        .contains("entities.after = default=12,team-a=3");
  }

  @Test
  void a_base_that_is_not_described_is_named() {
    Request.Start start =
        start(
            "2.1.4",
            "2.2.2",
            List.of(),
            draft ->
                draft.versions(
                    edition("2.1.4", Edition.COMMUNITY), edition("2.2.2", Edition.ENTERPRISE)));
    assertThat(reasons(start)).contains(RefusalReason.EDITION_MISFIT);
  }

  @Test
  void in_a_hybrid_cluster_control_planes_start_first_and_stop_last() {
    Hop hop = plan(hybrid()).hops().getFirst();
    assertThat(names(hop))
        .containsSubsequence(
            "freeze-admin",
            "migrate-up",
            "start-control-planes",
            "start-data-planes",
            "shift-25",
            "drain-blue",
            "stop-data-planes",
            "stop-control-planes",
            "confirm",
            "migrate-finish");
    List<Step> second =
        hop.steps().stream().filter(step -> !step.name().equals("start-control-planes")).toList();
    assertThatThrownBy(() -> new Hop(hop.procedure(), "2.1.4", "2.2.2", second, hop.rollback()))
        .isInstanceOf(BrokenInvariant.class);
  }

  /// There is no other way for it: nobody has to say that this one is meant.
  @Test
  void on_cassandra_a_hybrid_cluster_is_upgraded_on_the_keyspace_of_blue() {
    Request.Start onCassandra =
        start(
            "2.1.4",
            "2.2.2",
            List.of(),
            draft ->
                draft.setting(USUAL.of(Topology.HYBRID)).by("shared-datastore", "same-keyspace"));
    assertThat(plan(onCassandra).hops()).isEqualTo(plan(hybrid()).hops());
  }

  @Test
  void blues_login_is_taken_with_its_control_planes_and_not_with_its_data_planes() {
    Hop hop = plan(hybrid()).hops().getFirst();
    assertThat(proofs(hop, "stop-data-planes")).containsExactly("nodes.running = 0");
    assertThat(proofs(hop, "stop-control-planes"))
        .containsExactly("nodes.running = 0", "fence.role one of none, revoked");
  }

  private static List<String> proofs(Hop hop, String name) {
    return hop.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(step -> Proof.of(hop.procedure(), (Phase) step))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "start-data-planes, green's control planes observed up",
    "stop-control-planes, blue's data planes observed stopped"
  })
  void in_a_hybrid_cluster_each_role_waits_for_the_other(String name, String missing) {
    UpgradeState.Working state = (UpgradeState.Working) at(hybrid(), name).state();
    Run run = state.run();
    assertThat(Invariants.forbid(run, state.phase())).isEmpty();
    Run blind =
        new Run(
            run.upgrade(),
            run.cluster(),
            run.plan(),
            run.startedAt(),
            run.hop(),
            run.position(),
            run.commanded(),
            run.order(),
            run.evidence().seen(Seen.NONE));
    assertThat(Invariants.forbid(blind, state.phase())).contains(missing);
  }

  @Test
  void there_is_no_finish_without_datastore() {
    Hop hop = plan(dbLess()).hops().getFirst();
    assertThat(names(hop))
        .containsExactly(
            "preflight",
            "preflight-router",
            "parse-config",
            "start-green",
            "shift-25",
            "shift-100",
            "soak",
            "confirm",
            "drain-blue",
            "stop-blue",
            "verify");
    Phase finish = Phase.of(Action.MIGRATE_FINISH, Duration.ofHours(1));
    assertThatThrownBy(() -> new Hop(hop.procedure(), "2.1.4", "2.2.2", List.of(finish), List.of()))
        .isInstanceOf(BrokenInvariant.class)
        .hasMessageContaining("migrate-finish");
    assertThat(at(dbLess(), "drain-blue").state()).isInstanceOf(UpgradeState.Reversible.class);
    assertThat(at(dbLess(), "stop-blue").state()).isInstanceOf(UpgradeState.Completing.class);
  }

  @Test
  void an_install_takes_the_newest_version_of_a_cluster_that_serves_nothing() {
    Plan plan = plan(install(USUAL.serving("")));
    assertThat(plan.toVersion()).isEqualTo("2.2.2");
    assertThat(names(plan.hops().getFirst()))
        .containsExactly("preflight", "bootstrap", "start-green", "open-admin", "verify");
    assertThat(reasons(install(USUAL))).containsExactly(RefusalReason.SERVES_ALREADY);
    assertThat(reasons(start("", "2.2.2", List.of(), draft -> draft)))
        .containsExactly(RefusalReason.NOTHING_SERVES);
  }

  @Test
  void an_install_that_is_taken_back_says_what_stays() {
    Journey journey = at(install(USUAL.serving("")), "start-green");
    journey.feed(journey.abort());
    journey.untilEnded();
    assertThat(((UpgradeState.RolledBack) journey.state()).leftPending()).isEqualTo(Retreat.SCHEMA);
    Journey early = at(install(USUAL.serving("")), "preflight");
    early.feed(early.abort());
    assertThat(((UpgradeState.RolledBack) early.state()).leftPending()).isEmpty();
  }

  @Test
  void a_journal_of_release_2_is_decided_by_the_rules_of_release_2() {
    Request.Start start =
        start(
            "1.5.0",
            "2.2.2",
            List.of(),
            draft ->
                draft
                    .versions(Inventories.version("1.5.0"), Inventories.version("2.2.2"))
                    .setting(USUAL.rules(2)));
    assertThat(((Planning.Impossible) Planning.plan(start)).refusals().getFirst().sentence())
        .contains("one hop at a time", "Go 1.5 → 2.1 → 2.2.");
  }
}
