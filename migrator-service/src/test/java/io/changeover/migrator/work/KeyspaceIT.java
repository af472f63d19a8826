package io.changeover.migrator.work;

import static io.changeover.migrator.work.MigrationIT.done;
import static io.changeover.migrator.work.MigrationIT.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.LockAttempt;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.SupersededException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The migrator's phases on a real Cassandra with the stand-in Kong.
class KeyspaceIT {

  /// Bootstrapped once for all tests: it takes seconds. What a test changes there it takes back.
  private static final String BLUE = "blue_shared";

  private static final String GREEN = "green_shared";
  private static final int PAGE_AND_MORE = 2001;

  @TempDir static Path shared;
  private static EmbeddedCassandra cassandra;
  private static CqlSession session;
  private static Outcome first;

  @TempDir Path folder;
  private KeyspaceLab lab;

  @BeforeAll
  static void start() throws InterruptedException {
    cassandra = EmbeddedCassandra.startForOneRun(shared.resolve("cassandra"));
    session = cassandra.connect();
    KeyspaceLab both = new KeyspaceLab(cassandra, session, shared, BLUE, GREEN);
    both.kong("2.1.4", BLUE, "migrations", "bootstrap");
    first = both.run(Actions.BOOTSTRAP, "green");
  }

  @AfterAll
  static void stop() {
    session.close();
    cassandra.kill();
  }

  @BeforeEach
  void lab() {
    lab = new KeyspaceLab(cassandra, session, folder, BLUE, GREEN);
  }

  /// From here on green's keyspace is one that is not there yet.
  private void fresh() {
    lab = new KeyspaceLab(cassandra, session, folder, BLUE, KeyspaceLab.keyspace("green"));
  }

  /// A lab whose keyspaces no other test sees.
  private KeyspaceLab own() {
    KeyspaceLab own =
        new KeyspaceLab(
            cassandra,
            session,
            folder,
            KeyspaceLab.keyspace("blue"),
            KeyspaceLab.keyspace("green"));
    own.kong("2.1.4", own.blue, "migrations", "bootstrap");
    return own;
  }

  private Outcome bootstrap() throws InterruptedException {
    return lab.run(Actions.BOOTSTRAP, "green");
  }

  private static List<String> codes(Outcome outcome, Severity severity) {
    return outcome.findings().stream()
        .filter(finding -> finding.getSeverity() == severity)
        .map(Finding::getCode)
        .toList();
  }

  @Test
  void a_bootstrap_is_proven_and_a_repeat_is_a_no_op_with_the_same_facts() throws Exception {
    assertThat(done(first).facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "needs-bootstrap")
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .containsEntry(Facts.SCHEMA_STATE, "executed")
        .containsEntry(Facts.KEYSPACE_ROWS, "0");
    List<String> workspace = lab.ask(lab.green, "SELECT id FROM %s.workspaces");

    Outcome.Done again = done(bootstrap());

    assertThat(again.facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "executed")
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .containsEntry(Facts.KEYSPACE_ROWS, "0");
    assertThat(lab.ask(lab.green, "SELECT id FROM %s.workspaces")).isEqualTo(workspace);
    assertThat(lab.ask(lab.green, "SELECT owner FROM %s.locks")).isEmpty();
  }

  /// A copy takes blue's rows for its own; an install has no blue.
  @Test
  void an_install_refuses_the_rows_of_every_keyspace() throws Exception {
    assertThat(codes(lab.install(Actions.PREFLIGHT), Severity.BLOCKER))
        .contains("install.schema-exists");
    UUID id = UUID.randomUUID();
    String insert = "INSERT INTO %s.consumers (id, username, ws_id) VALUES (?, 'x', uuid())";
    lab.cql(GREEN, insert, id);
    lab.cql(BLUE, insert, id);
    try {
      assertThat(failed(lab.install(Actions.BOOTSTRAP)).reason()).contains("consumers");
    } finally {
      lab.cql(GREEN, "DELETE FROM %s.consumers WHERE id = ?", id);
      lab.cql(BLUE, "DELETE FROM %s.consumers WHERE id = ?", id);
    }
    assertThat(done(lab.install(Actions.BOOTSTRAP)).facts())
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .containsEntry(Facts.KEYSPACE_ROWS, "0");
  }

  @Test
  void rows_of_somebody_are_refused_and_rows_of_blue_are_a_copy_that_was_begun() throws Exception {
    UUID id = UUID.randomUUID();
    String insert = "INSERT INTO %s.consumers (id, username, ws_id) VALUES (?, 'x', uuid())";
    String delete = "DELETE FROM %s.consumers WHERE id = ?";
    lab.cql(GREEN, insert, id);
    try {
      Outcome.Failed refused = failed(bootstrap());
      assertThat(refused.kind()).isEqualTo(FailureKind.FATAL);
      assertThat(refused.reason()).contains("neither its bootstrap's nor blue's", "consumers");

      lab.cql(BLUE, insert, id);
      assertThat(done(bootstrap()).facts())
          .containsEntry(Facts.KEYSPACE_ROWS, "0")
          .containsEntry("keyspace.copied", "1");
    } finally {
      lab.cql(GREEN, delete, id);
      lab.cql(BLUE, delete, id);
    }
  }

  @Test
  void a_bootstrap_that_broke_off_is_completed() throws Exception {
    lab.cql(
        lab.green,
        "UPDATE %s.schema_meta SET executed = executed - {'012_213_to_220'}, pending = pending +"
            + " {'012_213_to_220'}, last_executed = '011_212_to_213' WHERE key = 'schema_meta' AND"
            + " subsystem = 'core'");

    Outcome.Done completed = done(bootstrap());

    assertThat(completed.facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "pending")
        .containsEntry(Facts.SCHEMA_AFTER, "executed");
  }

  /// Kong makes these two tables before anything else, and then says "already bootstrapped".
  @Test
  void a_bootstrap_killed_before_its_first_migration_is_completed_by_up_and_finish()
      throws Exception {
    fresh();
    lab.cql(
        lab.green,
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    lab.cql(
        lab.green,
        "CREATE TABLE %s.schema_meta (key text, subsystem text, last_executed text, executed"
            + " set<text>, pending set<text>, PRIMARY KEY (key, subsystem))");
    lab.cql(
        lab.green,
        "CREATE TABLE %s.locks (key text PRIMARY KEY, owner text) WITH default_time_to_live = 60");

    assertThat(done(bootstrap()).facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "new")
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .containsEntry(Facts.KEYSPACE_ROWS, "0");
    assertThat(lab.ask(lab.green, "SELECT name FROM %s.workspaces")).containsExactly("default");
  }

  @Test
  void a_command_that_would_bootstrap_another_keyspace_never_runs() throws Exception {
    fresh();
    lab.greenMore.put("KONG_CASSANDRA_KEYSPACE", "elsewhere");
    assertThat(failed(bootstrap()).reason()).contains("elsewhere");
    assertThat(
            lab.ask(
                "system_schema",
                "SELECT keyspace_name FROM %s.keyspaces WHERE keyspace_name = 'elsewhere'"))
        .isEmpty();
  }

  @Test
  void a_worker_that_dies_before_the_effect_leaves_nothing_and_gives_the_lease_back()
      throws Exception {
    fresh();
    assertThatThrownBy(
            () ->
                lab.run(
                    Actions.BOOTSTRAP,
                    lab.context(Actions.BOOTSTRAP, "green").cancelAfterEffects(0)))
        .isInstanceOf(SupersededException.class);
    assertThat(
            lab.ask("changeover", "SELECT owner FROM %s.leases WHERE name = '" + lab.green + "'"))
        .isEmpty();
    assertThat(green()).isEmpty();
  }

  /// The name of green's keyspace, where it is there.
  private List<String> green() {
    return lab.ask(
        "system_schema",
        "SELECT keyspace_name FROM %s.keyspaces WHERE keyspace_name = '" + lab.green + "'");
  }

  @Test
  void while_another_worker_has_the_lease_nothing_is_done() throws Exception {
    fresh();
    io.changeover.inventory.CassandraDatastore datastore =
        (io.changeover.inventory.CassandraDatastore) lab.cluster().datastore();
    KeyspaceStore place = new KeyspaceStore(datastore.green().orElseThrow(), datastore.blue());
    LockAttempt.Taken taken = (LockAttempt.Taken) place.lock(StandIn.LONG);
    try (var _ = taken.lock()) {
      Outcome.Failed busy = failed(bootstrap());
      assertThat(busy.kind()).isEqualTo(FailureKind.RETRYABLE);
      assertThat(busy.remedy()).contains("changeover.leases");
    }
    assertThat(green()).isEmpty();
  }

  @Test
  void two_bootstraps_at_once_of_a_bare_keyspace_end_in_one_with_one_default_workspace()
      throws Exception {
    fresh();
    lab.cql(
        lab.green,
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    List<CompletableFuture<Outcome>> both =
        Stream.generate(() -> CompletableFuture.supplyAsync(this::quietly)).limit(2).toList();
    assertThat(both.stream().map(CompletableFuture::join))
        .anySatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
    assertThat(done(bootstrap()).facts()).containsEntry(Facts.KEYSPACE_ROWS, "0");
    assertThat(lab.ask(lab.green, "SELECT name FROM %s.workspaces")).containsExactly("default");
  }

  private Outcome quietly() {
    try {
      return bootstrap();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_cluster_with_one_keyspace_has_nothing_to_bootstrap() throws Exception {
    lab.sameKeyspace = true;
    assertThat(failed(bootstrap()).expected()).contains("datastore.cassandra.green");
  }

  private static String digest(Outcome outcome) {
    return String.valueOf(outcome.facts().get(Facts.DIGEST_CONFIG));
  }

  @Test
  void on_a_shared_keyspace_up_and_finish_are_proven_and_repeatable() throws Exception {
    KeyspaceLab own = own();
    own.sameKeyspace = true;
    UUID upstream = UUID.randomUUID();
    for (long at : List.of(1000L, 2000L)) {
      own.cql(
          own.blue,
          "INSERT INTO %s.targets (id, upstream_id, target, created_at, weight) VALUES (?, ?, 'a:1',"
              + " ?, 7)",
          UUID.randomUUID(),
          upstream,
          java.time.Instant.ofEpochMilli(at));
    }
    Outcome preflight = own.run(Actions.PREFLIGHT, "green");
    assertThat(codes(preflight, Severity.FACT)).contains("cassandra.additive");
    String before = digest(preflight);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(done(own.run(Actions.MIGRATE_UP, "green")).facts())
          .containsEntry(Facts.SCHEMA_AFTER, "pending")
          .containsEntry(Facts.SCHEMA_PENDING, "core:012_213_to_220")
          .containsEntry(Facts.DIGEST_CONFIG, before);
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(done(own.run(Actions.MIGRATE_FINISH, "green")).facts())
          .containsEntry(Facts.SCHEMA_AFTER, "executed")
          .containsEntry("targets.older", "1")
          .containsKey("targets.saved")
          .containsEntry(Facts.DIGEST_CONFIG, before);
    }
    own.cql(own.blue, "INSERT INTO %s.consumers (id, username) VALUES (uuid(), 'late')");
    assertThat(digest(own.run(Actions.MIGRATE_FINISH, "green")))
        .matches("\\p{XDigit}{64}")
        .isNotEqualTo(before);
    assertThat(own.ask(own.blue, "SELECT id FROM %s.targets")).hasSize(1);
    assertThat(own.ask("changeover", "SELECT owner FROM %s.leases")).isEmpty();
  }

  @Test
  void a_hybrid_cluster_on_blues_keyspace_is_asked_what_both_are_and_is_told_unobserved()
      throws Exception {
    lab.sameKeyspace = true;
    lab.hybrid = true;
    UUID plugin = UUID.randomUUID();
    lab.cql(
        BLUE,
        "INSERT INTO %s.plugins (id, name, enabled, config) VALUES (?, 'rate-limiting', true, '{}')",
        plugin);
    try (FakeNode _ = FakeNode.start(lab.bluePort, "2.1.4", BLUE)) {
      Outcome.Failed seen = failed(lab.run(Actions.PREFLIGHT, "green"));
      assertThat(codes(seen, Severity.BLOCKER))
          .contains("hybrid.rate-limiting", "blue.unhealthy", "backup.key");
      assertThat(codes(seen, Severity.WARNING))
          .contains("hybrid.cassandra", "hybrid.window", "hybrid.data-planes-unread");
      assertThat(codes(seen, Severity.FACT)).contains("cassandra.additive", "blue.healthy");
      assertThat(seen.findings())
          .anySatisfy(
              finding -> assertThat(finding.getEvidence()).contains("1: " + plugin.toString()));
    } finally {
      lab.cql(BLUE, "DELETE FROM %s.plugins WHERE id = ?", plugin);
    }
  }

  @Test
  void from_community_to_enterprise_entities_are_counted_and_the_backup_needs_a_key()
      throws Exception {
    lab.sameKeyspace = true;
    lab.to = "2.1.4.0";
    UUID team = UUID.randomUUID();
    lab.cql(BLUE, "INSERT INTO %s.workspaces (id, name) VALUES (?, 'team')", team);
    String insert = "INSERT INTO %s.consumers (id, username, ws_id) VALUES (?, ?, ?)";
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(4).toList();
    lab.cql(BLUE, insert, ids.get(0), team + ":a", team);
    lab.cql(BLUE, insert, ids.get(1), team + ":b", team);
    lab.cql(BLUE, insert + " USING TTL 900", ids.get(2), team + ":goes", team);
    lab.cql(BLUE, insert, ids.get(3), "nobody", UUID.randomUUID());
    try (FakeNode _ = FakeNode.start(lab.bluePort, "2.1.4", BLUE)) {
      Outcome.Failed seen = failed(lab.run(Actions.PREFLIGHT, "green"));
      assertThat(codes(seen, Severity.BLOCKER)).contains("backup.key");
      assertThat(codes(seen, Severity.FACT)).contains("version.path", "green.version");
      assertThat(seen.facts()).containsEntry(Facts.ENTITIES_BEFORE, "(none)=1,default=0,team=2");
    } finally {
      lab.cql(BLUE, "DELETE FROM %s.workspaces WHERE id = ?", team);
      ids.forEach(id -> lab.cql(BLUE, "DELETE FROM %s.consumers WHERE id = ?", id));
    }
  }

  @Test
  @Tag("deep")
  void from_community_to_enterprise_entities_of_each_workspace_are_counted_before_and_after()
      throws Exception {
    KeyspaceLab own = own();
    own.sameKeyspace = true;
    own.to = "2.1.4.0";
    UUID team = UUID.randomUUID();
    own.cql(own.blue, "INSERT INTO %s.workspaces (id, name) VALUES (?, 'team')", team);
    String insert = "INSERT INTO %s.consumers (id, username, ws_id) VALUES (uuid(), ?, ?)";
    for (int i = 0; i < PAGE_AND_MORE; i++) {
      own.cql(own.blue, insert, team + ":" + i, team);
    }
    own.cql(own.blue, insert + " USING TTL 900", team + ":goes", team);
    own.cql(own.blue, insert, "nobody", UUID.randomUUID());
    String counted = "(none)=1,default=0,team=" + PAGE_AND_MORE;
    try (FakeNode _ = FakeNode.start(own.bluePort, "2.1.4", own.blue)) {
      assertThat(codes(failed(own.run(Actions.PREFLIGHT, "green")), Severity.BLOCKER))
          .containsExactly("backup.key");
      own.dumpKey = Optional.of("${file:" + own.folder + "/key}");
      Files.writeString(own.folder.resolve("key"), "x");
      Outcome.Done seen = done(own.run(Actions.PREFLIGHT, "green"));
      assertThat(seen.facts()).containsEntry(Facts.ENTITIES_BEFORE, counted);
      assertThat(codes(seen, Severity.FACT))
          .contains("version.path", "blue.version", "green.version", "backup.key");
    }
    done(own.run(Actions.MIGRATE_UP, "green"));
    done(own.run(Actions.MIGRATE_FINISH, "green"));
    try (FakeNode _ = FakeNode.start(own.greenPort, "2.1.4.0-enterprise-edition", own.blue)) {
      assertThat(done(own.run(Actions.VERIFY, "green")).facts())
          .containsEntry(Facts.ENTITIES_AFTER, counted);
    }
    try (FakeNode _ = FakeNode.start(own.greenPort, "2.1.4", own.blue)) {
      assertThat(failed(own.run(Actions.VERIFY, "green")).reason()).contains("of Community");
    }
  }

  @Test
  void a_preflight_of_a_copy_passes_says_the_cheaper_path_and_changes_nothing() throws Exception {
    fresh();
    try (FakeNode _ = FakeNode.start(lab.bluePort, "2.1.4", lab.blue)) {
      Outcome.Done seen = done(lab.run(Actions.PREFLIGHT, "green"));

      assertThat(seen.facts())
          .containsEntry(Facts.SCHEMA_STATE, "executed")
          .containsEntry("schema.state.green", "needs-bootstrap")
          .containsEntry(Facts.NODES_HEALTHY, "1");
      assertThat(codes(seen, Severity.FACT))
          .contains(
              "schema.blue",
              "schema.green",
              "cassandra.schema-agreement",
              "cassandra.nodes",
              "cassandra.consistency",
              "cassandra.replication",
              "cassandra.replication-green",
              "cassandra.partitions",
              "cassandra.additive",
              "plugins.covered",
              "keyspace.content",
              "content.older-targets",
              "green.stopped");
      assertThat(seen.findings())
          .allSatisfy(finding -> assertThat(finding.getEvidence()).isNotBlank());
      assertThat(green()).isEmpty();
    }
  }

  @Test
  void all_that_speaks_against_a_copy_is_reported_at_once() throws Exception {
    KeyspaceLab own = own();
    own.greenMore.put("KONG_CASSANDRA_KEYSPACE", own.blue);
    UUID homeless = UUID.randomUUID();
    own.cql(own.blue, "INSERT INTO %s.workspaces (id, name) VALUES (uuid(), 'default')");
    own.cql(
        own.blue,
        "INSERT INTO %s.consumers (id, custom_id) VALUES (?, '" + homeless + ":$(VALUE)')",
        homeless);
    own.cql(
        own.blue, "INSERT INTO %s.plugins (id, name, ws_id) VALUES (uuid(), 'not-there', uuid())");
    own.cql(
        own.blue,
        "INSERT INTO %s.locks (key, owner) VALUES ('migrations', 'somebody') IF NOT EXISTS USING TTL"
            + " 600");
    try (FakeNode _ = FakeNode.start(own.bluePort, "2.1.4", own.blue);
        FakeNode _ = FakeNode.start(own.greenPort, "2.2.2", own.green)) {
      Outcome.Failed found = failed(own.run(Actions.PREFLIGHT, "green"));

      assertThat(found.kind()).isEqualTo(FailureKind.FATAL);
      assertThat(codes(found, Severity.BLOCKER))
          .contains(
              "green.other-database",
              "green.blues-keyspace",
              "green.running",
              "content.default-workspace",
              "content.null-ws-id",
              "content.null-cache-key",
              "content.value-leftover",
              "plugins.missing");
    }
  }

  @Test
  void what_kong_yml_loses_is_counted_and_names_that_collide_speak_against_it() throws Exception {
    KeyspaceLab own = own();
    UUID team = UUID.randomUUID();
    String home = own.ask(own.blue, "SELECT id FROM %s.workspaces").getFirst();
    own.cql(own.blue, "INSERT INTO %s.workspaces (id, name) VALUES (?, 'team')", team);
    own.cql(
        own.blue,
        "INSERT INTO %s.keyauth_credentials (id, created_at, key, ws_id) VALUES (uuid(), 1, '"
            + home
            + ":k', "
            + home
            + ") USING TTL 900");
    try (FakeNode _ = FakeNode.start(own.bluePort, "2.1.4", own.blue)) {
      for (String workspace : List.of(home, team.toString())) {
        own.cql(
            own.blue,
            "INSERT INTO %s.consumers (id, username, ws_id) VALUES (uuid(), '"
                + workspace
                + ":same', "
                + workspace
                + ")");
        Outcome seen = own.preflight("kong-yml");
        assertThat(codes(seen, Severity.WARNING)).contains("loss.workspaces", "loss.ttl");
        assertThat(seen.findings().toString())
            .contains("permanent=1", "workspaces=1,flattened=" + (workspace.equals(home) ? 0 : 1));
        assertThat(codes(seen, Severity.BLOCKER).contains("loss.colliding-names"))
            .isEqualTo(!workspace.equals(home));
      }
      assertThat(codes(own.preflight("copy"), Severity.WARNING)).doesNotContain("loss.ttl");
    }
  }

  @Test
  void a_green_keyspace_with_rows_of_somebody_speaks_against_the_copy() throws Exception {
    UUID id = UUID.randomUUID();
    lab.cql(GREEN, "INSERT INTO %s.consumers (id, username) VALUES (?, 'x')", id);
    try (FakeNode _ = FakeNode.start(lab.bluePort, "2.1.4", lab.blue)) {
      assertThat(codes(failed(lab.run(Actions.PREFLIGHT, "green")), Severity.BLOCKER))
          .containsExactly("keyspace.foreign-rows");
    } finally {
      lab.cql(GREEN, "DELETE FROM %s.consumers WHERE id = ?", id);
    }
  }

  @Test
  void stopping_blue_says_that_no_role_fences_it_and_the_verify_wants_green_alone()
      throws Exception {
    assertThat(done(lab.run(Actions.STOP_NODES, "blue")).facts())
        .containsEntry(Facts.FENCE_ROLE, "none")
        .containsEntry(Facts.NODES_RUNNING, "0");
    try (FakeNode _ = FakeNode.start(lab.greenPort, "2.2.2", lab.green)) {
      assertThat(done(lab.run(Actions.START_NODES, "green")).facts())
          .containsEntry(Facts.NODES_HEALTHY, "1");
      assertThat(done(lab.run(Actions.VERIFY, "green")).facts())
          .containsEntry(Facts.SCHEMA_STATE, "executed")
          .containsEntry("nodes.blue", "0");
    }
  }

  @Test
  void a_green_node_on_blues_keyspace_is_not_healthy() throws Exception {
    try (FakeNode _ = FakeNode.start(lab.greenPort, "2.2.2", lab.blue)) {
      Outcome.Failed verify = failed(lab.run(Actions.VERIFY, "green"));
      assertThat(verify.reason())
          .contains("cassandra/" + lab.blue + " instead of cassandra/" + lab.green);
    }
  }

  @Test
  void a_rollback_is_verified_and_says_that_the_new_keyspace_is_left() throws Exception {
    try (FakeNode _ = FakeNode.start(lab.bluePort, "2.1.4", lab.blue)) {
      assertThat(done(lab.run(Actions.START_NODES, "blue")).facts())
          .containsEntry(Facts.FENCE_ROLE, "none");
      Outcome.Done verified = done(lab.run(Actions.VERIFY_ROLLBACK, "blue"));
      assertThat(verified.facts()).containsEntry(Facts.NODES_HEALTHY, "1");
      assertThat(verified.findings().toString()).contains(lab.green, "is left");
    }
  }
}
