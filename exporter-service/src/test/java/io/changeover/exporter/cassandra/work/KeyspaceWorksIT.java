package io.changeover.exporter.cassandra.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Node;
import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.SupersededException;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyspaceWorksIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static Kong kong;

  @TempDir private Path folder;

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
  }

  @BeforeEach
  void empty() {
    kong.reset();
  }

  private Cluster cluster(String copy) throws IOException {
    return cluster(Node.get().port(), "", kong.blueName(), kong.greenName(), copy);
  }

  private Cluster cluster(int blue, String login, String from, String to, String copy)
      throws IOException {
    return KeyspaceInventory.cluster(folder, blue, login, from, to, copy);
  }

  private static FakePhaseContext context(Cluster cluster, String action) {
    return FakePhaseContext.of(FakePhaseContext.command("one", action).build(), cluster);
  }

  private static Outcome run(PhaseWork work, Cluster cluster, String action)
      throws InterruptedException {
    return work.run(context(cluster, action));
  }

  private static Map<String, String> done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return outcome.facts();
  }

  private static Outcome.Failed failed(Outcome outcome, FailureKind kind) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(kind));
    return (Outcome.Failed) outcome;
  }

  @Test
  void copy_compare_and_delta_report_what_they_saw_and_repeats_report_the_same() throws Exception {
    Cluster cluster = cluster("");
    kong.consumer("a", Set.of("t"));
    UUID upstream = kong.upstream("u");
    kong.target(upstream, "a:1", 1_000, 1);
    kong.target(upstream, "a:1", 2_000, 0);
    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd') USING TTL 9000");

    Map<String, String> copied = done(run(new CopyWork(), cluster, Actions.COPY));

    assertThat(copied)
        .containsEntry(Facts.COPY_ROWS, "6")
        .containsEntry(Facts.COPY_TABLES, "6")
        .containsEntry(Facts.COPY_TTL_ROWS, "1")
        .containsEntry(Facts.COPY_SKIPPED, "0")
        .containsEntry(Facts.COPY_TARGETS_BEFORE, "2")
        .containsEntry(Facts.COPY_TARGETS_AFTER, "1")
        .containsEntry(Facts.COPY_TARGETS_WEIGHT_ZERO, "1")
        .containsEntry(Facts.DELTA_ROWS, "0")
        .containsEntry(Facts.DELTA_PASSES, "1")
        .containsKeys(Facts.COPY_MS, Facts.COPY_ROWS_PER_SECOND);
    assertThat(copied.get(Facts.COPY_LEFT))
        .contains("locks:", "ratelimiting_metrics:", "vitals_codes:", "schema_meta:");
    assertThat(done(run(new CopyWork(), cluster, Actions.COPY))).isEqualTo(copied);

    Map<String, String> compared = done(run(new CompareWork(), cluster, Actions.COMPARE));

    assertThat(compared)
        .containsEntry(Facts.COMPARE_EQUAL, "true")
        .containsEntry(Facts.COMPARE_COVERAGE, "1")
        .containsEntry(Facts.COMPARE_ROWS, "6")
        .containsEntry(Facts.DIGEST_CONFIG, copied.get(Facts.DIGEST_CONFIG))
        .containsEntry(Facts.DIGEST_TABLES, copied.get(Facts.DIGEST_TABLES));
    assertThat(done(run(new CompareWork(), cluster, Actions.COMPARE))).isEqualTo(compared);

    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'late') USING TTL 9000");
    Map<String, String> delta = done(run(new DeltaWork(), cluster, Actions.DELTA));

    assertThat(delta)
        .containsEntry(Facts.DELTA_ROWS, "1")
        .containsEntry(Facts.DELTA_DELETED, "0")
        .containsEntry(Facts.DIGEST_CONFIG, copied.get(Facts.DIGEST_CONFIG));
    assertThat(kong.greenRows("SELECT data FROM %s.sessions")).hasSize(2);
  }

  @Test
  void a_difference_fails_the_comparison_with_the_diff() throws Exception {
    Cluster cluster = cluster("");
    UUID id = kong.consumer("a", Set.of());
    done(run(new CopyWork(), cluster, Actions.COPY));
    kong.green("DELETE FROM %s.consumers WHERE id = ?", id);

    Outcome.Failed outcome =
        failed(run(new CompareWork(), cluster, Actions.COMPARE), FailureKind.FATAL);

    assertThat(outcome.reason()).contains("- consumers id=" + id);
    assertThat(outcome.facts())
        .containsEntry(Facts.COMPARE_EQUAL, "false")
        .containsEntry(Facts.COMPARE_DIFF, "- consumers id=" + id);
  }

  @Test
  void a_target_with_foreign_rows_is_refused_each_time_and_stays_as_it_is() throws Exception {
    Cluster cluster = cluster("");
    kong.consumer("a", Set.of());
    UUID foreign = UUID.randomUUID();
    kong.green("INSERT INTO %s.consumers (id, username) VALUES (?, 'who')", foreign);

    for (int attempt = 0; attempt < 2; attempt++) {
      Outcome.Failed outcome =
          failed(run(new CopyWork(), cluster, Actions.COPY), FailureKind.FATAL);
      assertThat(outcome.reason()).contains("1 rows that are not in").contains(foreign.toString());
    }
    assertThat(kong.greenRows("SELECT id FROM %s.consumers")).hasSize(1);
    assertThat(kong.greenRows("SELECT id FROM %s.workspaces").getFirst().getUuid(0))
        .isEqualTo(kong.bootstrapped);
  }

  @Test
  void a_target_that_an_earlier_copy_has_filled_is_not_refused_without_the_checkpoint()
      throws Exception {
    Cluster cluster = cluster("");
    kong.consumer("a", Set.of());
    Map<String, String> first = done(run(new CopyWork(), cluster, Actions.COPY));
    Files.delete(folder.resolve("copy/one.checkpoint.jsonl"));

    Map<String, String> second = done(run(new CopyWork(), cluster, Actions.COPY));

    assertThat(second)
        .containsEntry(Facts.COPY_ROWS, first.get(Facts.COPY_ROWS))
        .containsEntry(Facts.DIGEST_CONFIG, first.get(Facts.DIGEST_CONFIG));
  }

  /// Two cells of one time, written apart: each fits, and both together do not.
  @Test
  void a_row_that_the_target_does_not_take_is_named_and_nothing_else_is_lost() throws Exception {
    Cluster cluster = cluster("");
    kong.consumer("a", Set.of());
    UUID id = UUID.randomUUID();
    for (String column : java.util.List.of("cert", "key")) {
      kong.blue(
          "UPDATE %%s.certificates USING TIMESTAMP 1600000000000000 SET %s = ? WHERE partition = 'certificates' AND id = ?"
              .formatted(column),
          "x".repeat(5 << 20),
          id);
    }

    Outcome.Failed outcome = failed(run(new CopyWork(), cluster, Actions.COPY), FailureKind.FATAL);

    assertThat(outcome.reason())
        .contains("the row is too large for the target", "certificates", id.toString());
    kong.blue("DELETE FROM %s.certificates WHERE partition = 'certificates' AND id = ?", id);
    assertThat(done(run(new CopyWork(), cluster, Actions.COPY)))
        .containsEntry(Facts.COPY_ROWS, "2");
  }

  @Test
  void a_half_bootstrapped_target_is_refused() throws Exception {
    Cluster cluster = cluster("");
    kong.migrations(kong.greenName(), "core", Set.of("000_base"));

    assertThat(failed(run(new CopyWork(), cluster, Actions.COPY), FailureKind.FATAL).reason())
        .contains("half-bootstrapped: schema_meta lacks [core 011_212_to_213]");
  }

  @Test
  void a_keyspace_that_is_not_there_is_named() throws Exception {
    Cluster cluster = cluster(Node.get().port(), "", kong.blueName(), "no_such", "");

    assertThat(failed(run(new CopyWork(), cluster, Actions.COPY), FailureKind.FATAL).reason())
        .contains("There is no keyspace no_such");
  }

  @Test
  void a_cancelled_copy_stops_and_the_next_goes_on() throws Exception {
    for (int i = 0; i < 300; i++) {
      kong.consumer("c" + i, Set.of());
    }
    Cluster cluster = cluster("");
    Assertions.assertThatExceptionOfType(SupersededException.class)
        .isThrownBy(() -> new CopyWork().run(context(cluster, Actions.COPY).cancelAfterEffects(9)));

    assertThat(done(run(new CopyWork(), cluster, Actions.COPY)))
        .containsEntry(Facts.COPY_ROWS, "301");
    assertThat(done(run(new CompareWork(), cluster, Actions.COMPARE)))
        .containsEntry(Facts.COMPARE_EQUAL, "true");
  }

  @Test
  void a_source_that_dies_in_the_middle_makes_the_attempt_fail_and_the_next_go_on()
      throws Exception {
    Path data = folder.resolve("source");
    String login = login("cassandra");
    int port;
    try (EmbeddedCassandra source = EmbeddedCassandra.startWithPasswords(data)) {
      port = source.port();
      try (CqlSession session = source.connect()) {
        blue(session);
      }
      Outcome.Failed refused =
          failed(
              run(new CopyWork(), other(port, login("wrong-one"), ""), Actions.COPY),
              FailureKind.FATAL);
      assertThat(refused.expected()).contains("user and password");
      assertThat(refused.toString()).doesNotContain("wrong-one");
      Cluster slow = other(port, login, ", writeRate: 300");
      CompletableFuture<Outcome> copy =
          CompletableFuture.supplyAsync(() -> unchecked(slow), Thread::startVirtualThread);
      Instant until = Instant.now().plus(PATIENCE);
      while (kong.greenRows("SELECT id FROM %s.consumers LIMIT 50").size() < 50) {
        assertThat(Instant.now()).describedAs("the copy began").isBefore(until);
        assertThat(copy).describedAs("the copy runs").isNotDone();
        Thread.sleep(20);
      }
      source.kill();
      failed(copy.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), FailureKind.RETRYABLE);
    }
    try (EmbeddedCassandra _ = EmbeddedCassandra.startWithPasswords(data)) {
      Cluster again = other(port, login, "");
      assertThat(done(run(new CopyWork(), again, Actions.COPY)))
          .containsEntry(Facts.COPY_ROWS, "3001");
      assertThat(done(run(new CompareWork(), again, Actions.COMPARE)))
          .containsEntry(Facts.COMPARE_EQUAL, "true");
    }
  }

  private Cluster other(int port, String login, String copy) throws IOException {
    return cluster(port, login, "kong", kong.greenName(), copy);
  }

  private String login(String password) throws IOException {
    Path file = Files.writeString(folder.resolve("secret-" + password), password);
    return "user: cassandra\npassword: \"${file:%s}\"".formatted(file);
  }

  private static Outcome unchecked(Cluster cluster) {
    try {
      return run(new CopyWork(), cluster, Actions.COPY);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A small blue keyspace on a node of its own.
  private static void blue(CqlSession session) {
    session.execute(
        "CREATE KEYSPACE kong WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE kong.schema_meta (key text, subsystem text, executed set<text>, pending set<text>, PRIMARY KEY (key, subsystem))");
    session.execute("CREATE TABLE kong.workspaces (id uuid PRIMARY KEY, name text)");
    session.execute("CREATE TABLE kong.consumers (id uuid PRIMARY KEY, username text, ws_id uuid)");
    session.execute(
        "INSERT INTO kong.schema_meta (key, subsystem, executed) VALUES ('schema_meta', 'core', {'000_base'})");
    UUID workspace = UUID.randomUUID();
    session.execute(
        com.datastax.oss.driver.api.core.cql.SimpleStatement.newInstance(
            "INSERT INTO kong.workspaces (id, name) VALUES (?, 'default')", workspace));
    var insert =
        session.prepare("INSERT INTO kong.consumers (id, username, ws_id) VALUES (uuid(), ?, ?)");
    for (int i = 0; i < 3_000; i++) {
      session.execute(insert.bind(workspace + ":c" + i, workspace));
    }
  }
}
