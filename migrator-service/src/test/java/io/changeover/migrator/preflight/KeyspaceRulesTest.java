package io.changeover.migrator.preflight;

import static io.changeover.migrator.observe.Readings.core;
import static io.changeover.migrator.observe.Readings.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Consistency;
import io.changeover.inventory.Secret;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is judged without a cluster: settings, replication, rights, sizes, the shape of two
/// schemas.
class KeyspaceRulesTest {

  private static final CassandraStore BLUE = store("kong");
  private static final CassandraStore GREEN = store("kong_22");

  private final Findings findings = new Findings();

  private static CassandraStore store(String keyspace) {
    return new CassandraStore(
        List.of("c1", "c2"), 9042, "dc1", keyspace, "", Secret.EMPTY, false, Consistency.QUORUM);
  }

  private static KongTarget target(String... settings) {
    TreeMap<String, Secret> environment = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], Secret.of(settings[i + 1]));
    }
    return new KongTarget(List.of("kong"), Optional.empty(), environment);
  }

  private static KongTarget usual(String keyspace) {
    return target(
        "KONG_DATABASE",
        "cassandra",
        "KONG_CASSANDRA_KEYSPACE",
        keyspace,
        "KONG_CASSANDRA_CONTACT_POINTS",
        "c2, c1");
  }

  private List<String> codes() {
    return findings.all().stream().map(Finding::getCode).toList();
  }

  @Test
  void settings_that_name_the_store_say_nothing() {
    KeyspaceSettings.side("green", usual("kong_22"), GREEN, findings);
    KeyspaceSettings.apart(usual("kong_22"), BLUE, GREEN, findings);
    KeyspaceSettings.consistency(usual("kong"), usual("kong_22"), findings);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void green_that_points_at_blues_keyspace_is_a_blocker_of_its_own() {
    KeyspaceSettings.side("green", usual("kong"), GREEN, findings);
    KeyspaceSettings.apart(usual("kong"), BLUE, GREEN, findings);
    assertThat(findings.blockers()).containsExactly("green.other-database", "green.blues-keyspace");
  }

  @Test
  void postgres_is_another_database_and_other_addresses_warn() {
    KeyspaceSettings.side("blue", target("KONG_CASSANDRA_CONTACT_POINTS", "c3"), BLUE, findings);
    assertThat(findings.blockers()).containsExactly("blue.other-database");
    assertThat(codes()).contains("blue.other-address");
  }

  @Test
  void a_policy_that_knows_data_centres_must_know_the_right_one() {
    KongTarget dc2 =
        usual("kong")
            .with("KONG_CASSANDRA_LB_POLICY", Secret.of("RequestDCAwareRoundRobin"))
            .with("KONG_CASSANDRA_LOCAL_DATACENTER", Secret.of("dc2"));
    KeyspaceSettings.side("blue", dc2, BLUE, findings);
    assertThat(findings.blockers()).containsExactly("blue.other-datacenter");
  }

  @Test
  void another_consistency_of_green_warns() {
    KeyspaceSettings.consistency(
        usual("kong").with("KONG_CASSANDRA_READ_CONSISTENCY", Secret.of("QUORUM")),
        usual("kong_22"),
        findings);
    assertThat(codes()).containsExactly("green.other-consistency");
  }

  @Test
  void replication_is_compared_by_what_it_means() {
    Map<String, String> three = Map.of("class", "SimpleStrategy", "replication_factor", "3");
    ReplicationChecks.compare(three, three, findings);
    assertThat(codes()).containsExactly("cassandra.replication-green");
    ReplicationChecks.compare(
        three, Map.of("class", "SimpleStrategy", "replication_factor", "1"), findings);
    assertThat(codes()).contains("cassandra.replication-differs");
  }

  @Test
  void what_a_bootstrap_will_make_follows_from_the_settings() {
    assertThat(ReplicationChecks.planned(Settings.of(usual("kong_22"))))
        .contains(new TreeMap<>(Map.of("class", "SimpleStrategy", "replication_factor", "1")));
    KongTarget network =
        usual("kong_22")
            .with("KONG_CASSANDRA_REPL_STRATEGY", Secret.of("NetworkTopologyStrategy"))
            .with("KONG_CASSANDRA_DATA_CENTERS", Secret.of("dc1:3, dc2:2"));
    assertThat(ReplicationChecks.planned(Settings.of(network)))
        .contains(
            new TreeMap<>(Map.of("class", "NetworkTopologyStrategy", "dc1", "3", "dc2", "2")));
  }

  @Test
  void rights_to_make_the_keyspace_come_from_any_of_three_places() {
    KeyspaceRights rights = new KeyspaceRights("kong", "kong_22");
    rights.judge(Set.of("superuser"), findings);
    rights.judge(Set.of("CREATE <all keyspaces>"), findings);
    rights.judge(Set.of("CREATE <keyspace kong_22>", "ALTER <keyspace kong_22>"), findings);
    assertThat(findings.blockers()).isEmpty();
    rights.judge(Set.of("SELECT <keyspace kong_22>"), findings);
    assertThat(findings.blockers()).containsExactly("rights.keyspace");
  }

  @Test
  void a_large_partition_warns() {
    LoadChecks.judge(new TreeMap<>(Map.of("services", 3.0)), findings);
    assertThat(codes()).containsExactly("cassandra.partitions");
    assertThat(findings.all().getFirst().getEvidence()).contains("services");
    Findings large = new Findings();
    LoadChecks.judge(new TreeMap<>(Map.of("routes", 250.0)), large);
    assertThat(large.all().getFirst().getEvidence()).isEqualTo("routes 250 MiB");
  }

  private static Catalogue tables(String... typed) {
    TreeMap<String, SortedMap<String, String>> tables = new TreeMap<>();
    for (String one : typed) {
      String[] parts = one.split("[. ]", -1);
      tables.computeIfAbsent(parts[0], _ -> new TreeMap<>()).put(parts[1], parts[2]);
    }
    return new Catalogue(tables);
  }

  @Test
  void the_cheaper_path_is_named_only_where_everything_is_known_to_add() {
    Catalogue old = tables("routes.id uuid", "routes.name text");
    SchemaState additive = new SchemaState.New(core("011"), core("012_213_to_220"));
    AdditiveChecks.look(seen(additive), old, tables(), findings);
    AdditiveChecks.look(
        seen(additive), old, tables("routes.id uuid", "routes.name text", "x.id int"), findings);
    assertThat(codes()).containsExactly("cassandra.additive", "cassandra.additive");
    assertThat(findings.all().getFirst().getMessage()).contains("sameKeyspace");

    Findings other = new Findings();
    AdditiveChecks.look(
        seen(new SchemaState.New(core("011"), core("013_something"))), old, tables(), other);
    assertThat(other.all()).isEmpty();

    AdditiveChecks.look(seen(additive), old, tables("routes.id timeuuid"), other);
    assertThat(other.all().getFirst().getCode()).isEqualTo("cassandra.not-additive");
    assertThat(other.all().getFirst().getEvidence()).isEqualTo("routes.id, routes.name");
  }

  @Test
  void on_a_shared_keyspace_migrations_that_nobody_knows_to_add_warn_by_name() {
    AdditiveChecks.shared(seen(new SchemaState.New(core("011"), core("012_213_to_220"))), findings);
    AdditiveChecks.shared(seen(new SchemaState.Executed(core("011"))), findings);
    assertThat(codes()).containsExactly("cassandra.additive");

    for (SchemaState state :
        List.of(
            new SchemaState.New(core("011"), core("012_213_to_220", "013_something")),
            new SchemaState.Pending(core("011"), core("013_something")))) {
      Findings other = new Findings();
      AdditiveChecks.shared(seen(state), other);
      assertThat(other.all())
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.getSeverity()).isEqualTo(Severity.WARNING);
                assertThat(found.getCode()).isEqualTo("cassandra.not-known-additive");
                assertThat(found.getMessage()).contains("[core:013_something]");
                assertThat(found.getRemedy()).contains("green: {keyspace");
              });
    }
  }
}
