package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.Inventories.Draft;
import io.changeover.planner.core.Inventories.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Topologies, editions and procedures that do not go together: refused before anything is touched,
/// with every reason at once.
class RefusedTopologiesTest {

  private static ClusterSnapshot.Version community(String version) {
    return new ClusterSnapshot.Version(
        version, Edition.COMMUNITY, List.of("n"), List.of(), List.of(), null, null);
  }

  private static Draft hybrid(Draft draft) {
    return draft.setting(Setting.USUAL.of(Topology.HYBRID));
  }

  private static List<Refusal> refusals(Request.Opening opening) {
    assertThat(Planning.plan(opening)).isInstanceOf(Planning.Impossible.class);
    Journey journey = Journey.nowhere();
    journey.feed(opening);
    assertThat(journey.state()).as("nothing begins").isInstanceOf(UpgradeState.Refused.class);
    return ((Planning.Impossible) Planning.plan(opening)).refusals();
  }

  private static List<RefusalReason> reasons(Request.Opening opening) {
    return refusals(opening).stream().map(Refusal::reason).toList();
  }

  @Test
  void a_hybrid_cluster_does_not_go_from_community_to_enterprise() {
    Request.Opening start =
        Inventories.startOf(
            draft -> hybrid(draft).versions(community("2.1.4"), Inventories.version("2.1.4.0")));
    Request.Opening to =
        Inventories.start(
            ask ->
                ask.to("2.1.4.0")
                    .of(
                        hybrid(Inventories.usual())
                            .versions(community("2.1.4"), Inventories.version("2.1.4.0"))
                            .snapshot()));
    assertThat(refusals(to))
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.PROCEDURE_NOT_SUPPORTED);
              assertThat(refusal.got()).contains("2.1.4 → 2.1.4.0").contains("hybrid");
              assertThat(refusal.remedy()).contains("topology: traditional");
            });
    assertThat(reasons(start)).contains(RefusalReason.UNKNOWN_VERSION);
  }

  @Test
  void a_hybrid_cluster_gets_no_keyspace_of_greens_own() {
    assertThat(reasons(Inventories.startOf(draft -> hybrid(draft).procedure("keyspace-copy"))))
        .contains(RefusalReason.PROCEDURE_NOT_SUPPORTED);
  }

  @Test
  void before_2_1_there_is_no_hybrid_cluster() {
    Request.Opening start =
        Inventories.start(
            ask ->
                ask.to("2.1.4")
                    .acknowledging("downtime:1.5-2.1")
                    .of(
                        Inventories.usual()
                            .versions(Inventories.version("1.5.0.11"), Inventories.version("2.1.4"))
                            .setting(Setting.USUAL.of(Topology.HYBRID).serving("1.5.0.11"))
                            .snapshot()));
    assertThat(refusals(start))
        .anySatisfy(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.PROCEDURE_NOT_SUPPORTED);
              assertThat(refusal.expected()).contains("a hybrid cluster from 2.1 on");
            });
  }

  @Test
  void from_community_to_enterprise_takes_the_same_datastore_and_a_backup() {
    Request.Opening copied =
        Inventories.start(
            ask ->
                ask.to("2.1.4.0")
                    .of(
                        Inventories.usual()
                            .procedure("keyspace-copy")
                            .versions(community("2.1.4"), Inventories.version("2.1.4.0"))
                            .snapshot()));
    assertThat(reasons(copied)).contains(RefusalReason.PROCEDURE_NOT_SUPPORTED);
  }

  private static Request.Start toCommunity(Setting setting) {
    return Inventories.start(
        ask ->
            ask.to("2.2.2")
                .of(
                    Inventories.usual()
                        .versions(Inventories.version("2.1.4"), community("2.2.2"))
                        .setting(setting)
                        .snapshot()));
  }

  @Test
  void from_enterprise_to_community_no_hop_leads() {
    assertThat(refusals(toCommunity(Setting.USUAL)))
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.EDITION_MISFIT);
              assertThat(refusal.sentence())
                  .contains("2.2.2, which is Community", "Choose an Enterprise version");
            });
  }

  @Test
  void a_journal_of_release_3_went_there_and_is_decided_as_it_was() {
    assertThat(Planning.plan(toCommunity(Setting.USUAL.rules(3))))
        .isInstanceOf(Planning.Possible.class);
  }

  @Test
  void a_path_of_enterprise_stops_at_no_version_of_community() {
    Request.Start start =
        Inventories.start(
            ask ->
                ask.to("2.2.2")
                    .acknowledging("downtime:1.5-2.1")
                    .of(
                        Inventories.usual()
                            .versions(
                                Inventories.version("1.5.0.11"),
                                Inventories.version("2.1.4.0"),
                                community("2.1.9"),
                                Inventories.version("2.2.2"))
                            .setting(Setting.USUAL.serving("1.5.0.11"))
                            .snapshot()));
    assertThat(((Planning.Possible) Planning.plan(start)).plan().hops())
        .extracting(Hop::toVersion)
        .containsExactly("2.1.4.0", "2.2.2");
  }

  @Test
  void every_reason_comes_at_once() {
    Request.Opening start =
        Inventories.start(
            ask ->
                ask.to("2.1.4.0")
                    .from("2.0.0")
                    .whileRunning("another")
                    .of(
                        hybrid(Inventories.usual())
                            .versions(community("2.1.4"), Inventories.version("2.1.4.0"))
                            .backup("tape")
                            .gates(Inventories.gate("look", "start-control-plane-second", null))
                            .snapshot()));
    assertThat(reasons(start))
        .contains(
            RefusalReason.ALREADY_RUNNING,
            RefusalReason.SERVING_DIFFERS,
            RefusalReason.UNKNOWN_VERSION,
            RefusalReason.OFF_PATH,
            RefusalReason.UNKNOWN_BACKUP,
            RefusalReason.UNKNOWN_PHASE_NAMED);
  }
}
