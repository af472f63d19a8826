package io.changeover.migrator.work;

import static io.changeover.migrator.work.StandIn.FINISH;
import static io.changeover.migrator.work.StandIn.LONG;
import static io.changeover.migrator.work.StandIn.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.messages.FailureKind;
import io.changeover.migrator.act.AdvisoryLock;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.SupersededException;
import io.changeover.worker.testing.FakePhaseContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationIT {

  private static final EmbeddedPostgresServer POSTGRES = SharedPostgres.server();

  @TempDir Path folder;
  private StandIn lab;

  @BeforeEach
  void seed() {
    lab = StandIn.seeded(POSTGRES, folder);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void up_then_finish_are_proven_repeatable_and_leave_the_configuration_as_it_was()
      throws Exception {
    olderTarget();
    String older =
        lab.ask(
            "SELECT count(*) FROM targets t WHERE EXISTS (SELECT 1 FROM targets n WHERE n.upstream_id = t.upstream_id"
                + " AND n.target = t.target AND n.created_at > t.created_at)");
    assertThat(Integer.parseInt(older)).isPositive();
    Outcome.Done up = done(lab.run(UP));
    assertThat(up.facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "new")
        .containsEntry(Facts.SCHEMA_AFTER, "pending")
        .containsEntry(Facts.SCHEMA_PENDING, "core:012_213_to_220");
    Outcome.Done again = done(lab.run(UP));
    assertThat(again.facts())
        .containsEntry(Facts.SCHEMA_AFTER, "pending")
        .containsEntry(Facts.DIGEST_CONFIG, up.facts().get(Facts.DIGEST_CONFIG));

    Outcome.Done finish = done(lab.run(FINISH));
    assertThat(finish.facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "pending")
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .containsEntry(Facts.SCHEMA_PENDING, "")
        .containsEntry("targets.older", older)
        .containsEntry(Facts.DIGEST_CONFIG, up.facts().get(Facts.DIGEST_CONFIG));
    Outcome.Done finished = done(lab.run(FINISH));
    assertThat(finished.facts())
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .containsEntry("targets.older", older)
        .containsEntry("targets.saved", finish.facts().get("targets.saved"));
    Path saved = Path.of(String.valueOf(finish.facts().get("targets.saved")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(saved)).contains("\"weight\": 7");
  }

  @Test
  void the_digest_sees_one_changed_value() throws Exception {
    String before = done(lab.run(UP)).facts().get(Facts.DIGEST_CONFIG);
    lab.execute("UPDATE services SET retries = 6 WHERE name = 'service-0003'");
    assertThat(done(lab.run(UP)).facts().get(Facts.DIGEST_CONFIG)).isNotEqualTo(before);
    lab.execute("UPDATE services SET retries = 5 WHERE name = 'service-0003'");
    assertThat(done(lab.run(UP)).facts().get(Facts.DIGEST_CONFIG)).isEqualTo(before);
  }

  @Test
  void two_ups_at_once_run_once_and_both_end_right() throws Exception {
    lab.greenMore.put("CHANGEOVER_FAULTS", "slow-up=2s");
    lab.script().count();
    CompletableFuture<Outcome> one = CompletableFuture.supplyAsync(() -> run(UP));
    CompletableFuture<Outcome> other = CompletableFuture.supplyAsync(() -> run(UP));
    List<Outcome> outcomes =
        List.of(
            one.get(LONG.toSeconds(), TimeUnit.SECONDS),
            other.get(LONG.toSeconds(), TimeUnit.SECONDS));
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              if (outcome instanceof Outcome.Failed failed) {
                assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
                assertThat(failed.reason()).contains("holds the migration lock");
              }
            })
        .anySatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
    assertThat(done(lab.run(UP)).facts()).containsEntry(Facts.SCHEMA_AFTER, "pending");
    assertThat(lab.script().counted())
        .filteredOn(call -> call.startsWith("migrations up"))
        .hasSize(1);
    assertThat(lab.ask("SELECT pending::text FROM schema_meta WHERE subsystem = 'core'"))
        .isEqualTo("{012_213_to_220}");
  }

  @Test
  void kongs_lock_that_expires_under_a_long_up_lets_no_other_worker_in() throws Exception {
    lab.greenMore.put("CHANGEOVER_FAULTS", "lock-expires,slow-up=4s");
    lab.script().count();
    CompletableFuture<Outcome> one = CompletableFuture.supplyAsync(() -> run(UP));
    await(
        () ->
            lab.script().counted().stream().anyMatch(call -> call.startsWith("migrations up"))
                && !lab.ask("SELECT pid FROM pg_locks WHERE locktype = 'advisory'").isEmpty());
    Outcome.Failed other = failed(lab.run(UP));
    assertThat(other.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(other.reason()).contains("holds the migration lock");
    done(one.get(LONG.toSeconds(), TimeUnit.SECONDS));
    assertThat(lab.script().counted())
        .filteredOn(call -> call.startsWith("migrations up"))
        .hasSize(1);
  }

  @Test
  void finish_that_failed_leaves_pending_and_the_next_attempt_ends_it() throws Exception {
    done(lab.run(UP));
    lab.greenMore.put("CHANGEOVER_FAULTS", "fail-finish");
    assertThat(failed(lab.run(FINISH)).facts()).containsEntry(Facts.SCHEMA_STATE, "pending");
    lab.greenMore.clear();
    assertThat(done(lab.run(FINISH)).facts()).containsEntry(Facts.SCHEMA_AFTER, "executed");
  }

  @Test
  void our_lock_held_elsewhere_is_worth_another_try_and_nothing_is_touched() throws Exception {
    PostgresDatastore datastore = (PostgresDatastore) lab.cluster().datastore();
    try (AdvisoryLock _ = AdvisoryLock.tryTake(datastore, LONG).orElseThrow()) {
      Outcome.Failed failed = failed(lab.run(UP));
      assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
      assertThat(
              lab.ask(
                  "SELECT coalesce(pending::text, '{}') FROM schema_meta WHERE subsystem = 'core'"))
          .isEqualTo("{}");
    }
    done(lab.run(UP));
  }

  @Test
  void the_lock_is_ours_as_long_as_the_session_lives() throws Exception {
    PostgresDatastore datastore = (PostgresDatastore) lab.cluster().datastore();
    try (AdvisoryLock lock = AdvisoryLock.tryTake(datastore, LONG).orElseThrow()) {
      assertThat(lock.held()).isTrue();
      lab.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = "
              + AdvisoryLock.SPACE);
      assertThat(lock.held()).isFalse();
    }
  }

  @Test
  void kongs_lock_held_by_somebody_else_is_waited_for() throws Exception {
    lab.execute(
        "INSERT INTO locks (key, owner, ttl) VALUES ('migrations', 'somebody', now() + interval '1 hour')");
    FakePhaseContext context = lab.context(UP, Optional.empty());
    context.onProgress(
        facts -> {
          if (facts.containsKey("waiting.for")) {
            lab.execute("DELETE FROM locks WHERE owner = 'somebody'");
          }
        });
    assertThat(done(lab.run(UP, context)).facts()).containsEntry(Facts.SCHEMA_AFTER, "pending");
    assertThat(context.progress().toString()).contains("held by somebody");
  }

  @Test
  void kongs_lock_that_is_never_free_ends_with_the_deadline() throws Exception {
    lab.execute(
        "INSERT INTO locks (key, owner, ttl) VALUES ('migrations', 'somebody', now() + interval '1 hour')");
    FakePhaseContext context =
        FakePhaseContext.of(
            FakePhaseContext.command("lab", UP).setDeadline(Instant.now().plusSeconds(4)).build(),
            lab.cluster());
    Outcome.Failed failed = failed(lab.run(UP, context));
    assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(failed.reason()).contains("somebody");
  }

  @Test
  void a_lock_left_by_a_killed_run_of_this_worker_is_taken_away() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "300").start();
    FakePhaseContext context = lab.context(UP, Optional.empty());
    Outcome _ =
        Subject.of(
            context,
            subject -> {
              RunningMigrations.Run crashed =
                  new RunningMigrations(StandIn.settings(folder)).begin(subject);
              crashed.started(orphan.toHandle());
              lab.execute(
                  "INSERT INTO locks (key, owner, ttl) VALUES ('migrations', 'ours', now() + interval '1 hour')");
              await(() -> Files.exists(folder.resolve("state").resolve("lab.run")));
              return Outcome.done(java.util.Map.of());
            });
    orphan.destroyForcibly().waitFor();
    Outcome.Done up = done(lab.run(UP));
    assertThat(up.facts()).containsEntry(Facts.SCHEMA_AFTER, "pending");
    assertThat(up.findings().toString()).contains("schema.lock-left-behind");
  }

  @Test
  void a_lock_of_a_run_that_still_lives_is_left_alone() throws Exception {
    Process alive = new ProcessBuilder("sleep", "300").start();
    try {
      FakePhaseContext context = lab.context(UP, Optional.empty());
      Outcome _ =
          Subject.of(
              context,
              subject -> {
                new RunningMigrations(StandIn.settings(folder))
                    .begin(subject)
                    .started(alive.toHandle());
                lab.execute(
                    "INSERT INTO locks (key, owner, ttl) VALUES ('migrations', 'ours', now() + interval '1 hour')");
                await(() -> Files.exists(folder.resolve("state").resolve("lab.run")));
                return Outcome.done(java.util.Map.of());
              });
      FakePhaseContext short4 =
          FakePhaseContext.of(
              FakePhaseContext.command("lab", UP).setDeadline(Instant.now().plusSeconds(4)).build(),
              lab.cluster());
      assertThat(failed(lab.run(UP, short4)).reason()).contains("held by ours");
      assertThat(lab.ask("SELECT owner FROM locks")).isEqualTo("ours");
    } finally {
      alive.destroyForcibly();
    }
  }

  @Test
  void
      a_worker_that_dies_before_the_effect_or_before_its_report_is_followed_by_one_that_ends_right()
          throws Exception {
    FakePhaseContext before = lab.context(UP, Optional.empty()).cancelAfterEffects(0);
    assertThatThrownBy(() -> lab.run(UP, before)).isInstanceOf(SupersededException.class);
    assertThat(lab.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).isEqualTo("0");
    assertThat(
            lab.ask(
                "SELECT coalesce(pending::text, '{}') FROM schema_meta WHERE subsystem = 'core'"))
        .isEqualTo("{}");

    Outcome.Done lostReport = done(lab.run(UP));
    Outcome.Done repeated = done(lab.run(UP));
    assertThat(repeated.facts())
        .containsEntry(Facts.SCHEMA_AFTER, lostReport.facts().get(Facts.SCHEMA_AFTER))
        .containsEntry(Facts.DIGEST_CONFIG, lostReport.facts().get(Facts.DIGEST_CONFIG));
  }

  @Test
  void a_migration_that_is_called_off_half_way_ends_its_work_and_is_reported_done()
      throws Exception {
    lab.greenMore.put("CHANGEOVER_FAULTS", "slow-up=4s");
    FakePhaseContext context = lab.context(UP, Optional.empty());
    CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(UP, context));
    await(() -> !lab.ask("SELECT owner FROM locks WHERE key = 'migrations'").isEmpty());
    context.cancel();
    assertThat(done(running.get(LONG.toSeconds(), TimeUnit.SECONDS)).facts())
        .containsEntry(Facts.SCHEMA_AFTER, "pending");
  }

  @Test
  void a_killed_command_is_worth_another_try_and_the_next_one_ends_right() throws Exception {
    lab.greenMore.put("CHANGEOVER_FAULTS", "crash-after-ddl");
    Outcome.Failed failed = failed(lab.run(UP));
    assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
    lab.greenMore.clear();
    lab.execute("DELETE FROM locks");
    assertThat(done(lab.run(UP)).facts()).containsEntry(Facts.SCHEMA_AFTER, "pending");
  }

  @Test
  void a_migration_that_the_server_refuses_holds_with_its_words() throws Exception {
    lab.greenMore.put("CHANGEOVER_FAULTS", "fail-up");
    Outcome.Failed failed = failed(lab.run(UP));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("failed to run migration '012_213_to_220'");
    assertThat(failed.facts()).containsEntry(Facts.SCHEMA_STATE, "new");
  }

  @Test
  void a_list_that_contradicts_the_table_holds_with_both_readings() throws Exception {
    StandIn other = StandIn.empty(POSTGRES, folder);
    lab.greenDatabase = other.database;
    Outcome.Failed failed = failed(lab.run(UP));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("needs bootstrapping").contains("executed [");
  }

  @Test
  void finish_before_up_is_refused() throws Exception {
    Outcome.Failed failed = failed(lab.run(FINISH));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("never run");
  }

  @Test
  void a_database_that_is_gone_is_worth_another_try() throws Exception {
    lab.port = FreePorts.next();
    Outcome.Failed failed = failed(lab.run(UP));
    assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(failed.reason()).contains("refused");
  }

  private void olderTarget() {
    lab.execute(
        "INSERT INTO targets (id, created_at, upstream_id, target, weight, ws_id)"
            + " SELECT gen_random_uuid(), created_at - interval '1 day', upstream_id, target, 7, ws_id FROM targets LIMIT 1");
  }

  private Outcome run(String action) {
    return run(action, lab.context(action, Optional.empty()));
  }

  private Outcome run(String action, FakePhaseContext context) {
    try {
      return lab.run(action, context);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  static Outcome.Done done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return (Outcome.Done) outcome;
  }

  static Outcome.Failed failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  static void await(BooleanSupplier condition) {
    Instant until = Instant.now().plus(LONG);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for the condition").isBefore(until);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
