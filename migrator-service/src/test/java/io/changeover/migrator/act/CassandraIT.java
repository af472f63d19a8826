package io.changeover.migrator.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Consistency;
import io.changeover.inventory.Secret;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.observe.Ring.Reached;
import io.changeover.migrator.preflight.content.CqlContent;
import io.changeover.migrator.preflight.content.DataPlaneChecks;
import io.changeover.migrator.preflight.content.PortalChecks;
import io.changeover.migrator.preflight.content.WorkspaceHopChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from and written to a real Cassandra.
class CassandraIT {

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final String REPLICATED =
      " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}";

  @TempDir static Path folder;
  private static EmbeddedCassandra cassandra;
  private static CqlSession session;
  private static int number;

  private String keyspace;

  @BeforeAll
  static void start() {
    cassandra = EmbeddedCassandra.start(folder);
    session = cassandra.connect();
  }

  @AfterAll
  static void stop() {
    session.close();
    cassandra.kill();
  }

  @BeforeEach
  void name() {
    keyspace = "kong_" + ++number;
  }

  private static CassandraStore store(String keyspace, int port, String user, String password) {
    return new CassandraStore(
        List.of("127.0.0.1"),
        port,
        "datacenter1",
        keyspace,
        user,
        Secret.of(password),
        false,
        Consistency.QUORUM);
  }

  private static CassandraStore store(String keyspace) {
    return store(keyspace, cassandra.port(), "", "");
  }

  private KeyspaceStore place() {
    return new KeyspaceStore(store(keyspace), store(keyspace + "_blue"));
  }

  private static void cql(String text) {
    session.execute(text);
  }

  /// The tables that migrations are kept in, and a few of Kong's.
  private static void schema(String name) {
    cql("CREATE KEYSPACE " + name + REPLICATED);
    cql(
        "CREATE TABLE "
            + name
            + ".schema_meta (key text, subsystem text, last_executed text, executed set<text>,"
            + " pending set<text>, PRIMARY KEY (key, subsystem))");
    cql("CREATE TABLE " + name + ".locks (key text PRIMARY KEY, owner text)");
    cql("CREATE TABLE " + name + ".workspaces (id uuid PRIMARY KEY, name text)");
    cql(
        "CREATE TABLE "
            + name
            + ".services (partition text, id uuid, name text, PRIMARY KEY (partition, id))");
    cql(
        "CREATE TABLE "
            + name
            + ".targets (id uuid PRIMARY KEY, upstream_id uuid, target text, created_at timestamp,"
            + " weight int)");
  }

  private static MetaReading.Rows rows(MetaReading reading) {
    assertThat(reading).isInstanceOf(MetaReading.Rows.class);
    return (MetaReading.Rows) reading;
  }

  @Test
  void a_keyspace_or_table_that_is_not_there_needs_a_bootstrap() {
    assertThat(place().tables(ANSWER)).isInstanceOf(MetaReading.NoTable.class);
    cql("CREATE KEYSPACE " + keyspace + REPLICATED);
    assertThat(place().tables(ANSWER)).isInstanceOf(MetaReading.NoTable.class);
  }

  @Test
  void migrations_and_kongs_lock_are_read_and_only_its_owners_lock_is_taken_away() {
    schema(keyspace);
    cql(
        "INSERT INTO "
            + keyspace
            + ".schema_meta (key, subsystem, executed, pending) VALUES ('schema_meta', 'core',"
            + " {'b', 'a'}, {'c'})");
    cql(
        "INSERT INTO "
            + keyspace
            + ".schema_meta (key, subsystem, executed) VALUES ('schema_meta', 'acl', {'x'})");
    cql(
        "INSERT INTO "
            + keyspace
            + ".locks (key, owner) VALUES ('migrations', 'me') IF NOT EXISTS USING TTL 600");

    MetaReading.Rows rows = rows(place().tables(ANSWER));

    assertThat(rows.executed()).hasToString("acl:x,core:a,core:b");
    assertThat(rows.pending()).hasToString("core:c");
    assertThat(rows.bySubsystem().values())
        .extracting(MetaReading.Row::pending)
        .containsExactly(Optional.empty(), Optional.of(List.of("c")));
    assertThat(rows.lock().map(MetaReading.Lock::owner)).contains("me");
    assertThat(place().removeLock("another", ANSWER)).isFalse();
    assertThat(rows(place().tables(ANSWER)).lock()).isPresent();
    assertThat(place().removeLock("me", ANSWER)).isTrue();
    assertThat(rows(place().tables(ANSWER)).lock()).isEmpty();
  }

  @Test
  void a_cluster_that_does_not_answer_is_unknown_and_may_pass() {
    KeyspaceStore nowhere =
        new KeyspaceStore(
            store(keyspace, FreePorts.next(), "", ""), store(keyspace, FreePorts.next(), "", ""));
    assertThat(nowhere.tables(ANSWER))
        .isInstanceOfSatisfying(
            MetaReading.Unreadable.class,
            unreadable -> assertThat(unreadable.failure().passing()).isTrue());
    assertThat(nowhere.removeLock("me", ANSWER)).isFalse();
    assertThat(nowhere.lock(ANSWER)).isInstanceOf(LockAttempt.Failed.class);
    assertThat(KeyspaceRows.look(nowhere, ANSWER)).isInstanceOf(KeyspaceContent.Unreadable.class);
  }

  @Test
  void a_wrong_password_lasts_and_is_not_told() throws Exception {
    Path own = Files.createDirectory(folder.resolve("passwords"));
    try (EmbeddedCassandra strict = EmbeddedCassandra.startWithPasswords(own)) {
      CassandraStore wrong = store("kong", strict.port(), "cassandra", "hunter2");
      assertThat(new KeyspaceStore(wrong, wrong).tables(ANSWER))
          .isInstanceOfSatisfying(
              MetaReading.Unreadable.class,
              unreadable -> {
                Doubt doubt = unreadable.failure();
                assertThat(doubt.passing()).isFalse();
                assertThat(doubt.reason()).contains("Authentication").doesNotContain("hunter2");
              });
      strict.kill();
    }
  }

  private MigrationLock taken() {
    LockAttempt attempt = place().lock(ANSWER);
    assertThat(attempt).isInstanceOf(LockAttempt.Taken.class);
    return ((LockAttempt.Taken) attempt).lock();
  }

  @Test
  void one_holds_the_lease_and_the_next_gets_it_when_it_is_given_back() {
    try (MigrationLock lease = taken()) {
      assertThat(lease.held()).isTrue();
      assertThat(place().lock(ANSWER))
          .isInstanceOfSatisfying(
              LockAttempt.Busy.class,
              busy -> assertThat(busy.where()).contains("changeover.leases", keyspace));
      assertThat(new KeyspaceStore(store(keyspace + "_other"), store(keyspace)).lock(ANSWER))
          .isInstanceOfSatisfying(LockAttempt.Taken.class, other -> other.lock().close());
    }
    taken().close();
    assertThat(KeyspaceTables.tables(session, keyspace)).as("Kong's keyspace").isEmpty();
  }

  @Test
  void of_many_who_ask_at_once_exactly_one_gets_the_lease() {
    taken().close();
    List<CompletableFuture<LockAttempt>> asked =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> place().lock(ANSWER)))
            .limit(6)
            .toList();
    List<LockAttempt> attempts = asked.stream().map(CompletableFuture::join).toList();
    List<LockAttempt.Taken> taken =
        attempts.stream()
            .filter(LockAttempt.Taken.class::isInstance)
            .map(LockAttempt.Taken.class::cast)
            .toList();
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().lock().held()).isTrue();
    taken.getFirst().lock().close();
  }

  @Test
  void a_lease_that_is_somebody_elses_now_is_not_held_and_not_given_back() {
    try (MigrationLock lease = taken()) {
      cql("UPDATE changeover.leases SET owner = 'thief' WHERE name = '" + keyspace + "'");
      assertThat(lease.held()).isFalse();
    }
    assertThat(place().lock(ANSWER))
        .isInstanceOfSatisfying(
            LockAttempt.Busy.class, busy -> assertThat(busy.where()).contains("thief"));
  }

  @Test
  void a_lease_dies_with_its_holder_since_it_has_a_time_to_live() {
    try (MigrationLock _ = taken()) {
      int left =
          session
              .execute("SELECT ttl(owner) FROM changeover.leases WHERE name = '" + keyspace + "'")
              .one()
              .getInt(0);
      assertThat(left).isBetween(1, (int) Lease.LIFE.toSeconds());
    }
  }

  @Test
  void a_fresh_keyspace_holds_what_its_bootstrap_and_a_copy_wrote() {
    schema(keyspace);
    schema(keyspace + "_blue");
    assertThat(content()).isEqualTo(new KeyspaceContent.Fresh(0));
    workspace(keyspace, UUID.randomUUID(), "default");
    assertThat(content()).isEqualTo(new KeyspaceContent.Fresh(0));

    UUID service = UUID.randomUUID();
    service(keyspace, service);
    assertThat(content()).isEqualTo(new KeyspaceContent.Foreign(1, List.of("services")));
    service(keyspace + "_blue", service);
    assertThat(content()).isEqualTo(new KeyspaceContent.Fresh(1));

    workspace(keyspace, UUID.randomUUID(), "default");
    workspace(keyspace, UUID.randomUUID(), "team");
    assertThat(content()).isEqualTo(new KeyspaceContent.Foreign(2, List.of("workspaces")));
  }

  private KeyspaceContent content() {
    return KeyspaceRows.look(place(), ANSWER);
  }

  private static void workspace(String name, UUID id, String called) {
    session.execute("INSERT INTO " + name + ".workspaces (id, name) VALUES (?, ?)", id, called);
  }

  private static void service(String name, UUID id) {
    session.execute(
        "INSERT INTO " + name + ".services (partition, id, name) VALUES ('services', ?, 'x')", id);
  }

  @Test
  void older_targets_are_saved_whole_and_only_for_this_user() throws Exception {
    schema(keyspace);
    UUID upstream = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      session.execute(
          "INSERT INTO "
              + keyspace
              + ".targets (id, upstream_id, target, created_at, weight) VALUES (?, ?, 'a:1', ?, ?)",
          UUID.randomUUID(),
          upstream,
          java.time.Instant.ofEpochSecond(1000L + i),
          i);
    }
    Path file = folder.resolve(keyspace).resolve("older.jsonl");

    assertThat(KeyspaceTargets.save(store(keyspace), ANSWER, file)).isEqualTo(2);

    assertThat(Files.readString(file))
        .contains("\"weight\": 0", "\"weight\": 1")
        .doesNotContain("\"weight\": 2");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    cql(
        "DELETE FROM %s.targets WHERE id = %s"
            .formatted(keyspace, KeyspaceTargets.older(session, keyspace).getFirst()));
    assertThat(KeyspaceTargets.save(store(keyspace), ANSWER, file))
        .as("a finish that broke off has deleted one of them")
        .isEqualTo(2);
    cql("TRUNCATE " + keyspace + ".targets");
    assertThat(KeyspaceTargets.save(store(keyspace), ANSWER, file)).isEqualTo(2);
  }

  private ConfigurationDigest.Digest digest() {
    return KeyspaceDigest.of(store(keyspace), ANSWER);
  }

  private void in(String table, String rest, Object... values) {
    session.execute("INSERT INTO " + keyspace + "." + table + " " + rest, values);
  }

  @Test
  void the_digest_of_a_keyspace_sees_one_changed_value_in_any_table() {
    schema(keyspace);
    cql("CREATE TABLE " + keyspace + ".rbac_custom (id int, part int, PRIMARY KEY (id, part))");
    List<UUID> many = Stream.generate(UUID::randomUUID).limit(150).toList();
    many.forEach(id -> service(keyspace, id));
    in("rbac_custom", "(id, part) VALUES (1, 1)");
    ConfigurationDigest.Digest before = digest();
    assertThat(before.rows()).isEqualTo(151);

    UUID last = many.stream().max(Comparator.comparing(UUID::toString)).orElseThrow();
    String update =
        "UPDATE %s.services SET name = ? WHERE partition = 'services' AND id = ?"
            .formatted(keyspace);
    session.execute(update, "y", last);
    assertThat(digest().sha256()).isNotEqualTo(before.sha256());
    session.execute(update, "x", last);
    assertThat(digest()).isEqualTo(before);
    in("rbac_custom", "(id, part) VALUES (1, 2)");
    assertThat(digest().rows()).isEqualTo(152);
  }

  @Test
  void the_digest_of_a_keyspace_stays_when_a_migration_adds_and_finish_deletes_older_targets() {
    schema(keyspace);
    cql(
        "CREATE TABLE %s.tags (tag text, entity_name text, entity_id text, PRIMARY KEY (tag, entity_name, entity_id))"
            .formatted(keyspace));
    UUID older = UUID.randomUUID();
    UUID newer = UUID.randomUUID();
    UUID upstream = UUID.randomUUID();
    for (UUID id : List.of(older, newer)) {
      in(
          "targets",
          "(id, upstream_id, target, created_at, weight) VALUES (?, ?, 'a:1', ?, 7)",
          id,
          upstream,
          java.time.Instant.ofEpochSecond(id.equals(older) ? 1 : 2));
      in("tags", "(tag, entity_name, entity_id) VALUES ('t', 'targets', ?)", id.toString());
    }
    service(keyspace, UUID.randomUUID());
    ConfigurationDigest.Digest before = digest();
    assertThat(before.rows()).isEqualTo(3);

    cql("ALTER TABLE " + keyspace + ".services ADD buffering boolean");
    cql("CREATE TABLE " + keyspace + ".made_by_up (id int PRIMARY KEY)");
    cql("DELETE FROM %s.targets WHERE id = %s".formatted(keyspace, older));
    assertThat(digest()).isEqualTo(before);
    cql("DELETE FROM %s.targets WHERE id = %s".formatted(keyspace, newer));
    assertThat(digest().rows()).isEqualTo(1);
  }

  @Test
  void what_kong_counts_and_what_ends_by_itself_is_in_no_digest_of_a_keyspace() {
    schema(keyspace);
    cql(
        "CREATE TABLE %s.counted (id text, value counter, tags text, PRIMARY KEY (id, tags))"
            .formatted(keyspace));
    service(keyspace, UUID.randomUUID());
    ConfigurationDigest.Digest before = digest();

    in("locks", "(key, owner) VALUES ('migrations', 'x')");
    cql("UPDATE %s.counted SET value = value + 1 WHERE id = 'a' AND tags = ''".formatted(keyspace));
    in("services", "(partition, id, name) VALUES ('services', uuid(), 'gone soon') USING TTL 900");
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void rows_that_speak_against_an_upgrade_are_found_by_their_ids() {
    schema(keyspace);
    UUID workspace = UUID.randomUUID();
    UUID cluster = UUID.randomUUID();
    UUID bare = UUID.randomUUID();
    for (String table :
        List.of(
            "plugins (id uuid PRIMARY KEY, name text, enabled boolean, config text, protocols set<text>, cache_key text, ws_id uuid)",
            "keyauth_credentials (id uuid PRIMARY KEY, key text, ws_id uuid)",
            "oauth2_tokens (id uuid PRIMARY KEY)",
            "files (id uuid PRIMARY KEY, path text)")) {
      cql("DROP TABLE IF EXISTS " + keyspace + "." + table.replaceFirst(" .*", ""));
      cql("CREATE TABLE " + keyspace + "." + table);
    }
    session.execute(
        "INSERT INTO %s.plugins (id, name, enabled, config, protocols, cache_key, ws_id)"
                .formatted(keyspace)
            + " VALUES (?, 'rate-limiting', true, '{\"policy\":\"cluster\"}', {'udp'}, 'plugins:x:::::', ?)",
        cluster,
        workspace);
    session.execute(
        "INSERT INTO %s.keyauth_credentials (id, key, ws_id) VALUES (?, 'secret', ?)"
            .formatted(keyspace),
        bare,
        workspace);
    cql("INSERT INTO %s.files (id, path) VALUES (uuid(), 'x/_app.html')".formatted(keyspace));
    Findings findings = new Findings();
    Release blue = new Release(2, 1, 4);
    Release green = new Release(2, 2, 2);
    CqlContent content = new CqlContent(session, keyspace, RingProbe.catalogue(session, keyspace));
    new DataPlaneChecks(blue).look(content, findings);
    new WorkspaceHopChecks(blue, green, true).look(content, findings);
    new PortalChecks(Build.in("1.5.0").orElseThrow(), blue).look(content, findings);

    assertThat(content.any("oauth2_tokens")).isFalse();
    assertThat(findings.all())
        .extracting(finding -> finding.getCode())
        .containsExactly(
            "hybrid.rate-limiting",
            "hybrid.rejected-value",
            "content.cache-key-workspace",
            "content.unprefixed",
            "portal.files");
    assertThat(findings.all().subList(0, 3))
        .allSatisfy(finding -> assertThat(finding.getEvidence()).endsWith("1: " + cluster));
    assertThat(findings.all().get(3).getEvidence()).endsWith("1: " + bare);
    assertThat(findings.all().toString()).doesNotContain("secret");
  }

  @Test
  void the_ring_tells_versions_schema_and_who_is_up() {
    assertThat(RingProbe.ring(session).members())
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.major()).isEqualTo(5);
              assertThat(member.schemaVersion()).isPresent();
              assertThat(member.datacenter()).isEqualTo("datacenter1");
              assertThat(member.reached()).isEqualTo(Reached.YES);
            });
    assertThat(RingProbe.replication(session, keyspace)).isEqualTo(Optional.empty());
  }
}
