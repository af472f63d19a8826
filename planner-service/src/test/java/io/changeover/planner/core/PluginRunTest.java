package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.Inventories.Draft;
import io.changeover.planner.core.Inventories.Setting;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A plugin that comes to a version which serves already: other nodes of the same version.
class PluginRunTest {

  private static Hop hop(Request.Opening opening) {
    Planning.Outcome outcome = Planning.plan(opening);
    assertThat(outcome).isInstanceOf(Planning.Possible.class);
    Plan plan = ((Planning.Possible) outcome).plan();
    assertThat(plan.hops()).hasSize(1);
    return plan.hops().getFirst();
  }

  private static List<Refusal> refusals(Request.Opening opening) {
    Planning.Outcome outcome = Planning.plan(opening);
    assertThat(outcome).isInstanceOf(Planning.Impossible.class);
    return ((Planning.Impossible) outcome).refusals();
  }

  private static List<RefusalReason> reasons(Request.Opening opening) {
    return refusals(opening).stream().map(Refusal::reason).toList();
  }

  private static List<String> names(Hop hop) {
    return hop.steps().stream().map(Step::name).toList();
  }

  private static Request.Start plugin(String from, String to, UnaryOperator<Draft> change) {
    Draft draft =
        Inventories.usual()
            .versions(Inventories.version(from), Inventories.version(to))
            .setting(Setting.USUAL.serving(from));
    return Inventories.start(ask -> ask.to(to).adding("oauth2").of(change.apply(draft).snapshot()));
  }

  private static ClusterSnapshot.Version community(String version) {
    return new ClusterSnapshot.Version(
        version, Edition.COMMUNITY, List.of("n"), List.of(), List.of(), null, null);
  }

  @Test
  void it_is_a_hop_like_any_other_on_one_datastore() {
    Hop hop = hop(Inventories.plugin(draft -> draft));
    assertThat(hop.addsPlugins()).isTrue();
    assertThat(hop.patch()).isFalse();
    assertThat(hop.procedure()).isEqualTo(new Procedure.Shared());
    assertThat(names(hop))
        .isEqualTo(names(hop(Inventories.startOf(draft -> draft))))
        .contains("backup", "migrate-up", "shift-25", "confirm", "migrate-finish");
    assertThat(hop(Inventories.startOf(draft -> draft)).addsPlugins()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2.2.2+oauth2, 2.2.2+b", "2.2.2+oauth2, 2.2.2", "1.5.0.2, 1.5.0.2+oauth2"})
  void it_goes_from_any_label_to_any_other_and_from_older_versions_without_downtime(
      String from, String to) {
    Hop hop = hop(plugin(from, to, draft -> draft));
    assertThat(hop.addsPlugins()).isTrue();
    assertThat(hop.procedure()).isEqualTo(new Procedure.Shared());
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "dump", "kong-yml"})
  void cassandra_keeps_its_keyspace_whatever_the_inventory_says_of_copies(String way) {
    Request.Start start = Inventories.plugin(draft -> draft.by("keyspace-copy", way));
    assertThat(hop(start).procedure()).isEqualTo(new Procedure.Shared());
    assertThat(names(hop(start))).contains("migrate-up").doesNotContain("bootstrap", "copy");
  }

  @Test
  void a_keyspace_that_both_share_needs_no_word_since_nothing_of_the_version_changes() {
    Request.Start start =
        Inventories.plugin(draft -> draft.by("shared-datastore", ClusterSnapshot.SAME_KEYSPACE));
    assertThat(hop(start).addsPlugins()).isTrue();
  }

  @Test
  void hybrid_and_db_less_clusters_go_by_their_own_procedures() {
    Hop hybrid =
        hop(
            Inventories.plugin(
                draft -> draft.setting(Setting.USUAL.of(Topology.HYBRID).serving("2.2.2"))));
    assertThat(hybrid.procedure()).isEqualTo(new Procedure.Hybrid());
    assertThat(hybrid.addsPlugins()).isTrue();
    Hop dbLess =
        hop(
            Inventories.plugin(
                draft ->
                    draft
                        .procedure("db-less")
                        .setting(Setting.USUAL.of(Topology.DB_LESS).serving("2.2.2"))));
    assertThat(dbLess.procedure()).isEqualTo(new Procedure.DbLess());
    assertThat(names(dbLess)).doesNotContain("migrate-up", "migrate-finish");
  }

  @Test
  void without_plugins_it_is_refused_with_every_reason_at_once() {
    Request.Start start =
        Inventories.start(
            ask ->
                ask.to("2.2.2+oauth2")
                    .adding()
                    .of(
                        Inventories.usual()
                            .versions(community("2.2.2+oauth2"), Inventories.version("2.2.2"))
                            .setting(Setting.USUAL.serving("2.2.2"))
                            .backup("off")
                            .snapshot()));
    assertThat(reasons(start))
        .containsExactly(
            RefusalReason.NOT_AN_UPGRADE,
            RefusalReason.EDITION_MISFIT,
            RefusalReason.BACKUP_NOT_ACKNOWLEDGED);
    assertThat(refusals(start).getFirst().sentence())
        .contains("plugins to add", "the request names none", "--plugin NAME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.2.2", "2.2.2+oauth2"})
  void the_version_that_serves_is_refused_with_the_way_to_add_plugins_to_it(String serving) {
    Request.Start start =
        Inventories.start(
            ask ->
                ask.to(serving)
                    .adding("oauth2")
                    .of(
                        Inventories.usual()
                            .versions(
                                Inventories.version("2.2.2"), Inventories.version("2.2.2+oauth2"))
                            .setting(Setting.USUAL.serving(serving))
                            .snapshot()));
    assertThat(reasons(start)).containsExactly(RefusalReason.NOT_AN_UPGRADE);
    assertThat(refusals(start).getFirst().remedy())
        .contains("\"2.2.2+LABEL\"", "changeover start payments-eu --to 2.2.2+LABEL --plugin NAME");
  }

  @Test
  void a_label_may_stand_at_the_end_of_an_ordinary_hop_too_and_is_not_taken_on_the_way() {
    Hop hop = hop(plugin("2.1.4", "2.2.2+x", draft -> draft));
    assertThat(hop.addsPlugins()).isFalse();
    assertThat(hop.patch()).isFalse();
    Request.Start along =
        Inventories.start(
            ask ->
                ask.to("2.2.2")
                    .acknowledging("downtime:1.5-2.1")
                    .of(
                        Inventories.usual()
                            .versions(
                                Inventories.version("1.5.0.2"),
                                Inventories.version("2.1.4"),
                                Inventories.version("2.1.4.1+x"),
                                Inventories.version("2.2.2"))
                            .setting(Setting.USUAL.serving("1.5.0.2"))
                            .snapshot()));
    assertThat(((Planning.Possible) Planning.plan(along)).plan().hops())
        .extracting(Hop::toVersion)
        .containsExactly("2.1.4", "2.2.2");
  }

  @Test
  void the_move_to_enterprise_stays_one_whatever_the_labels() {
    Hop hop =
        hop(
            plugin(
                "2.1.4",
                "2.1.4+ee",
                draft -> draft.versions(community("2.1.4"), Inventories.version("2.1.4+ee"))));
    assertThat(hop.procedure()).isEqualTo(new Procedure.Community());
    assertThat(hop.addsPlugins()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2.2.2+oauth2, got 2.2.2 and 2.2.2+oauth2",
    "3, 2.2.2+oauth2, got '2.2.2+oauth2'",
    "2, 2.2.2, restore a backup",
    "3, 2.2.2, restore a backup"
  })
  void journals_of_earlier_rules_refuse_it_as_they_did(int rules, String to, String words) {
    Request.Start start =
        Inventories.start(
            ask ->
                ask.to(to)
                    .adding("oauth2")
                    .of(
                        Inventories.usual()
                            .by("shared-datastore", ClusterSnapshot.SAME_KEYSPACE)
                            .versions(Inventories.version("2.2.2"))
                            .setting(Setting.USUAL.serving("2.2.2").rules(rules))
                            .snapshot()));
    assertThat(refusals(start).stream().map(Refusal::sentence))
        .anySatisfy(sentence -> assertThat(sentence).contains(words))
        .noneSatisfy(sentence -> assertThat(sentence).contains("LABEL"));
    assertThat(reasons(start))
        .isEqualTo(
            switch (to + " by " + rules) {
              case "2.2.2+oauth2 by 2" ->
                  List.of(RefusalReason.UNKNOWN_VERSION, RefusalReason.VERSION_UNREADABLE);
              case "2.2.2+oauth2 by 3" ->
                  List.of(
                      RefusalReason.UNKNOWN_VERSION,
                      RefusalReason.VERSION_UNREADABLE,
                      RefusalReason.SAME_KEYSPACE_NOT_ACKNOWLEDGED);
              case "2.2.2 by 2" -> List.of(RefusalReason.NOT_AN_UPGRADE);
              default ->
                  List.of(
                      RefusalReason.NOT_AN_UPGRADE, RefusalReason.SAME_KEYSPACE_NOT_ACKNOWLEDGED);
            });
  }
}
