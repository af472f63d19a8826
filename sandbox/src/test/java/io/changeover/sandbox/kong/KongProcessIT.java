package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stand-in through its scripts: two commands at once, signals, a death in the middle.
final class KongProcessIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir static Path dir;
  private static KongLab lab;

  @BeforeAll
  static void open() throws IOException, SQLException {
    lab = KongLab.open(dir);
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  @Test
  void the_script_works_from_any_folder() throws Exception {
    Running version = script("2.2.2", lab.environment("none", lab.prefix()), "version");
    assertThat(version.end()).isZero();
    assertThat(version.out()).isEqualTo("2.2.2\n");
  }

  @Test
  void a_second_up_waits_for_the_first_and_does_nothing() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> slow = lab.environment(database, lab.prefix());
    slow.put("CHANGEOVER_FAULTS", "slow-up=4s");
    Running first = script("2.2.2", slow, "migrations", "up");
    lockTaken(database);
    assertThat(
            KongLab.run(
                    "2.2.2", List.of("migrations", "list"), lab.environment(database, lab.prefix()))
                .exit())
        .isEqualTo(5);
    KongLab.Said second =
        KongLab.run("2.2.2", List.of("migrations", "up"), lab.environment(database, lab.prefix()));
    assertThat(second)
        .isEqualTo(
            new KongLab.Said(0, "aborted: another node is performing database changes\n", ""));
    assertThat(first.end()).isZero();
    assertThat(first.out()).contains("1 executed\n1 pending\n");
    assertThat(lab.query(database, "SELECT key FROM locks")).isEmpty();
  }

  @Test
  void start_with_migrations_waits_for_another_and_starts_on_what_it_did() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> slow = lab.environment(database, lab.prefix());
    slow.put("CHANGEOVER_FAULTS", "slow-up=4s");
    Running first = script("2.2.2", slow, "migrations", "up");
    lockTaken(database);
    Path prefix = lab.prefix();
    KongLab.Said second =
        KongLab.run(
            "2.2.2", List.of("start", "--run-migrations"), lab.environment(database, prefix));
    KongLab.end(prefix);
    assertThat(second.exit()).isZero();
    assertThat(second.out())
        .endsWith(
            "aborted: another node is performing database changes\nDatabase has pending migrations:\ncore: 012_213_to_220\nKong started\n");
    assertThat(first.end()).isZero();
  }

  @Test
  void sigterm_lets_a_running_up_finish() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> slow = lab.environment(database, lab.prefix());
    slow.put("CHANGEOVER_FAULTS", "slow-up=2s");
    Running up = script("2.2.2", slow, "migrations", "up");
    lockTaken(database);
    up.process().destroy();
    assertThat(up.end()).isZero();
    assertThat(up.out())
        .endsWith("Database has pending migrations; run 'kong migrations finish' when ready\n");
  }

  @Test
  void sigint_ends_a_running_up_with_130_and_rolls_back() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> slow = lab.environment(database, lab.prefix());
    slow.put("CHANGEOVER_FAULTS", "slow-up=60s");
    Running up = script("2.2.2", slow, "migrations", "up");
    lockTaken(database);
    signal("INT", up);
    assertThat(up.end()).isEqualTo(130);
    assertThat(
            KongLab.run(
                    "2.2.2", List.of("migrations", "list"), lab.environment(database, lab.prefix()))
                .exit())
        .isEqualTo(5);
  }

  @Test
  void a_killed_up_leaves_its_lock_behind() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> slow = lab.environment(database, lab.prefix());
    slow.put("CHANGEOVER_FAULTS", "slow-up=60s");
    Running up = script("2.2.2", slow, "migrations", "up");
    lockTaken(database);
    up.process().destroyForcibly();
    assertThat(up.end()).isEqualTo(137);
    assertThat(lab.query(database, "SELECT key FROM locks WHERE ttl > now()"))
        .containsExactly("migrations");
    assertThat(
            lab.query(
                database,
                "SELECT 'x' FROM information_schema.tables WHERE table_name = 'clustering_data_planes'"))
        .isEmpty();
  }

  @Test
  void a_crash_between_ddl_and_record_leaves_the_schema_changed_and_the_migration_new()
      throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> env = lab.environment(database, lab.prefix());
    env.put("CHANGEOVER_FAULTS", "crash-after-ddl=once");
    assertThat(script("2.2.2", env, "migrations", "up", "--lock-timeout", "1").end())
        .isEqualTo(137);
    assertThat(
            lab.query(
                database,
                "SELECT 'x' FROM information_schema.tables WHERE table_name = 'clustering_data_planes'"))
        .hasSize(1);
    assertThat(KongLab.run("2.2.2", List.of("migrations", "list"), env).exit()).isEqualTo(5);
    await(() -> KongLab.run("2.2.2", List.of("migrations", "up"), env).out().contains("1 pending"));
  }

  @Test
  void a_lock_that_expires_lets_a_second_up_in_beside_the_first() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> slow = lab.environment(database, lab.prefix());
    slow.put("CHANGEOVER_FAULTS", "lock-expires,slow-up=60s");
    Running first = script("2.2.2", slow, "migrations", "up");
    try {
      await(() -> first.out().contains("migrating core"));
      assertThat(first.process().isAlive()).isTrue();
      assertThat(lab.query(database, "SELECT key FROM locks")).isEmpty();
      KongLab.Said second =
          KongLab.run(
              "2.2.2", List.of("migrations", "up"), lab.environment(database, lab.prefix()));
      assertThat(second.exit()).isZero();
      assertThat(second.out()).contains("1 executed\n1 pending\n");
    } finally {
      first.process().destroyForcibly().waitFor();
    }
  }

  @Test
  void a_lock_that_is_held_keeps_a_second_up_out_before_anything_is_done() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> holding = lab.environment(database, lab.prefix());
    holding.put("CHANGEOVER_FAULTS", "hold-lock=60s");
    Running first = script("2.2.2", holding, "migrations", "up");
    try {
      lockTaken(database);
      KongLab.Said second =
          KongLab.run(
              "2.2.2",
              List.of("migrations", "up", "--lock-timeout", "1"),
              lab.environment(database, lab.prefix()));
      assertThat(second.exit()).as(second.toString()).isEqualTo(1);
      assertThat(second.err()).contains("timeout");
      assertThat(
              KongLab.run(
                      "2.2.2",
                      List.of("migrations", "list"),
                      lab.environment(database, lab.prefix()))
                  .exit())
          .as("nothing was done")
          .isEqualTo(5);
    } finally {
      first.process().destroyForcibly().waitFor();
    }
  }

  @Test
  void a_start_that_is_refused_leaves_no_node() throws Exception {
    String database = lab.database("done-2.1.4", "2.1.4");
    Path prefix = lab.prefix();
    Map<String, String> env = lab.environment(database, prefix);
    env.put("CHANGEOVER_FAULTS", "refuse-start");
    KongLab.Said said = KongLab.run("2.1.4", List.of("start"), env);
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("[emerg]", "refuse-start");
    assertThat(KongLab.run("2.1.4", List.of("health"), lab.environment(database, prefix)).exit())
        .isEqualTo(1);
  }

  @Test
  void a_finish_that_fails_once_leaves_the_migration_pending_and_the_next_ends_it()
      throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    Map<String, String> env = lab.environment(database, lab.prefix());
    assertThat(KongLab.run("2.2.2", List.of("migrations", "up"), env).exit()).isZero();
    env.put("CHANGEOVER_FAULTS", "fail-finish=once");
    KongLab.Said failed = KongLab.run("2.2.2", List.of("migrations", "finish"), env);
    assertThat(failed.exit()).as(failed.toString()).isEqualTo(1);
    assertThat(failed.err()).contains("teardown");
    assertThat(KongLab.run("2.2.2", List.of("migrations", "list"), env).exit())
        .as("still pending")
        .isEqualTo(4);
    assertThat(KongLab.run("2.2.2", List.of("migrations", "finish"), env).exit()).isZero();
    assertThat(KongLab.run("2.2.2", List.of("migrations", "list"), env).exit()).isZero();
  }

  @Test
  void up_gives_up_when_a_table_stays_locked() throws Exception {
    String database = lab.database("done-2.1.4", "2.2.2");
    try (Connection other = lab.connect(database, "kong");
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE routes IN ACCESS EXCLUSIVE MODE");
      KongLab.Said said =
          KongLab.run(
              "2.2.2",
              List.of("migrations", "up", "--db-timeout", "1"),
              lab.environment(database, lab.prefix()));
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err())
          .contains(
              "failed to run migration '012_213_to_220' up: receive_message: failed to get type: timeout");
      other.rollback();
    }
  }

  private static void lockTaken(String database) throws Exception {
    await(() -> !lab.query(database, "SELECT key FROM locks").isEmpty());
  }

  /// Something that may not be so yet.
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("deadline").isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void signal(String name, Running running) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(running.process().pid()))
        .start()
        .waitFor();
  }

  /// A script that runs, with its output in files.
  private record Running(Process process, Path outFile) {
    int end() throws InterruptedException {
      assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
          .as("ended in time")
          .isTrue();
      return process.exitValue();
    }

    String out() throws IOException {
      return Files.readString(outFile, StandardCharsets.UTF_8);
    }
  }

  private static Running script(String version, Map<String, String> env, String... command)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of("bin", "kong-" + version).toAbsolutePath().toString());
    words.addAll(List.of(command));
    Path out = Files.createTempFile(dir, "out", ".txt");
    ProcessBuilder builder = new ProcessBuilder(words).directory(dir.toFile());
    builder.environment().putAll(env);
    builder.redirectOutput(out.toFile());
    builder.redirectError(Files.createTempFile(dir, "err", ".txt").toFile());
    return new Running(builder.start(), out);
  }
}
