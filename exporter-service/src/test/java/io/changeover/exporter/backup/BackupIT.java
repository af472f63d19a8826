package io.changeover.exporter.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.changeover.exporter.Clusters;
import io.changeover.exporter.Database;
import io.changeover.exporter.restore.Restore;
import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.worker.Outcome;
import io.changeover.worker.SupersededException;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupIT {

  @TempDir Path dir;

  private final BackupWork work = new BackupWork();

  @BeforeAll
  static void fill() throws Exception {
    Database.createKongLike("kong_backup");
  }

  private Cluster cluster(String database) {
    return Clusters.on(dir, database, "postgres", dir.resolve("backups"), "");
  }

  private static FakePhaseContext context(Cluster cluster) {
    return FakePhaseContext.of(FakePhaseContext.command("one", "backup").build(), cluster);
  }

  private Outcome.Done done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return (Outcome.Done) outcome;
  }

  private static Outcome.Failed failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  private Path place() {
    return dir.resolve("backups/one/upgrade-1/attempt-1");
  }

  @Test
  void holds_every_row_and_says_so_in_facts_and_manifest() throws Exception {
    FakePhaseContext context = context(cluster("kong_backup"));
    Outcome.Done done = done(work.run(context));
    assertThat(done.facts())
        .containsEntry("backup.path", place().toString())
        .containsEntry("backup.tables", "6")
        .containsEntry("backup.rows", "1303")
        .containsKeys("backup.sha256", "backup.bytes", "duration.ms");
    Manifest manifest = BackupFolder.verified(place()).manifest();
    assertThat(manifest.cluster()).isEqualTo("one");
    assertThat(manifest.serverVersion()).isEqualTo(Database.version());
    assertThat(manifest.tables())
        .extracting(Manifest.TableEntry::name)
        .containsExactly("consumers", "locks", "plugins", "schema_meta", "tags", "workspaces");
    assertThat(context.progress()).hasSize(6).last().asString().contains("6/6");
  }

  @Test
  void is_readable_by_its_owner_only() throws Exception {
    done(work.run(context(cluster("kong_backup"))));
    try (Stream<Path> all = Files.walk(dir.resolve("backups"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void is_found_again_by_a_repeat_that_reports_the_same() throws Exception {
    Outcome.Done first = done(work.run(context(cluster("kong_backup"))));
    Outcome.Done second =
        done(work.run(context(Clusters.on(dir, "gone", "postgres", dir.resolve("backups"), ""))));
    assertThat(second.facts()).isEqualTo(first.facts());
  }

  @Test
  void every_hop_has_one_of_its_own() throws Exception {
    Database.createKongLike("kong_hops");
    done(work.run(context(cluster("kong_hops"))));
    Database.execute("kong_hops", "DELETE FROM plugins");

    Outcome.Done second =
        done(
            work.run(
                FakePhaseContext.of(
                    FakePhaseContext.command("one", "backup").setPhase("hop2-backup").build(),
                    cluster("kong_hops"))));

    assertThat(second.facts())
        .containsEntry("backup.path", place().resolveSibling("hop2-backup-attempt-1").toString());
    assertThat(BackupFolder.verified(place()).manifest().rows())
        .isGreaterThan(Long.parseLong(second.facts().get("backup.rows")));
  }

  @Test
  void is_a_hold_when_somebody_changed_it() throws Exception {
    done(work.run(context(cluster("kong_backup"))));
    Path file = place().resolve("table-0001.copy.gz");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Outcome.Failed failed = failed(work.run(context(cluster("kong_backup"))));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("table-0001.copy.gz has SHA-256").contains("upgrade-1");
  }

  @Test
  void sees_one_moment_however_long_it_takes() throws Exception {
    Database.createKongLike("kong_moment");
    FakePhaseContext context =
        context(cluster("kong_moment"))
            .onProgress(
                facts -> {
                  try {
                    Database.execute("kong_moment", "DELETE FROM plugins; DELETE FROM schema_meta");
                  } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(done(work.run(context)).facts()).containsEntry("backup.rows", "1303");
  }

  @Test
  void leaves_nothing_behind_at_any_seam_and_is_whole_on_the_next_attempt() throws Exception {
    Cluster cluster = cluster("kong_backup");
    int seams = 0;
    while (true) {
      FakePhaseContext context = context(cluster).cancelAfterEffects(seams);
      try {
        done(work.run(context));
        break;
      } catch (SupersededException e) {
        assertThat(place()).doesNotExist();
        assertThat(dir.resolve("backups/one/upgrade-1/attempt-1.partial")).doesNotExist();
        seams++;
      }
    }
    assertThat(seams).isGreaterThanOrEqualTo(7);
    BackupFolder.verified(place());
  }

  @Test
  void survives_a_kill_between_two_files() throws Exception {
    Cluster cluster = cluster("kong_backup");
    Process process = probe("-Xmx64m", dir.resolve("inventory").toString(), "hang");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("HANGS");
      assertThat(failed(work.run(context(cluster))).reason()).contains("another process writes it");
    } finally {
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
    assertThat(place()).doesNotExist();
    assertThat(place().resolveSibling("attempt-1.partial")).isNotEmptyDirectory();
    done(work.run(context(cluster)));
    assertThat(place().resolveSibling("attempt-1.partial")).doesNotExist();
  }

  @Test
  void needs_little_memory_for_many_rows() throws Exception {
    Database.create("kong_many");
    Database.execute(
        "kong_many",
        "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 16) AS text FROM generate_series(1, 200000) i");
    cluster("kong_many");
    Process process = probe("-Xmx40m", dir.resolve("inventory").toString());
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("Done[").contains("backup.rows=200000");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private static Process probe(String memory, String... args) throws Exception {
    return new ProcessBuilder(probeArgv(memory, args))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> probeArgv(String memory, String... args) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BackupProbe.class.getName()));
    argv.addAll(List.of(args));
    return argv;
  }

  @Test
  void names_a_folder_that_can_not_be_written() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "in the way");
    Cluster cluster = Clusters.on(dir, "kong_backup", "postgres", file, "");
    Outcome.Failed failed = failed(work.run(context(cluster)));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains(file.toString());
    assertThat(failed.remedy()).contains("backupDir");
  }

  @Test
  void names_a_full_disk_and_leaves_no_part() throws Exception {
    Path backups = Files.createDirectories(dir.resolve("backups"));
    cluster("kong_backup");
    List<String> argv =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=8k tmpfs \"$0\" || exit 77; echo MOUNTED; \"$@\";"
                    + " echo LEFT $(find \"$0\" -type f ! -name '*.lock')",
                backups.toString()));
    argv.addAll(probeArgv("-Xmx64m", dir.resolve("inventory").toString()));
    Process process =
        new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader()) {
      assumeTrue("MOUNTED".equals(out.readLine()), "this machine lets nobody mount a small disk");
      assertThat(out.readLine())
          .startsWith("Failed[kind=FATAL")
          .contains("No space left", "make room in `backupDir`");
      assertThat(out.readLine()).isEqualTo("LEFT");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void knows_a_full_disk_by_what_the_system_says() {
    assertThatThrownBy(() -> Files.write(Path.of("/dev/full"), new byte[1]))
        .satisfies(
            e ->
                assertThat(BackupFailures.of((Exception) e, "Backup").remedy())
                    .contains("make room"));
  }

  @Test
  void names_what_the_database_does_not_let_it_read() throws Exception {
    Database.role("reader", "open-sesame-1");
    Cluster cluster = Clusters.on(dir, "kong_backup", "reader", dir.resolve("backups"), "");
    Outcome.Failed failed = failed(work.run(context(cluster)));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("42501").contains("permission denied");
    assertThat(place()).doesNotExist();
  }

  @Test
  void names_a_table_that_somebody_has_locked() throws Exception {
    Database.createKongLike("kong_locked");
    try (Connection other = Database.connect("kong_locked");
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE plugins IN ACCESS EXCLUSIVE MODE");
      FakePhaseContext context =
          FakePhaseContext.of(
              FakePhaseContext.command("one", "backup")
                  .setDeadline(java.time.Instant.now().plusSeconds(3))
                  .build(),
              cluster("kong_locked"));
      Outcome.Failed failed = failed(work.run(context));
      assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
      assertThat(failed.reason()).containsAnyOf("55P03", "57014");
      other.rollback();
    }
  }

  @Test
  void refuses_what_it_could_not_put_back() throws Exception {
    Database.create("kong_views");
    Database.execute(
        "kong_views",
        "CREATE TABLE t (id serial PRIMARY KEY); CREATE VIEW v AS SELECT 1; CREATE TYPE mood AS ENUM ('a')");
    Outcome.Failed failed = failed(work.run(context(cluster("kong_views"))));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("type mood", "sequence t_id_seq", "view v");
    assertThat(failed.remedy()).contains("pg_dump");
  }

  @Test
  void never_takes_a_path_from_a_message() throws Exception {
    FakePhaseContext context =
        FakePhaseContext.of(
            FakePhaseContext.command("one", "backup").setUpgrade("../../escape").build(),
            cluster("kong_backup"));
    assertThat(failed(work.run(context)).reason()).contains("can't be the name of a folder");
    assertThat(dir.resolve("escape")).doesNotExist();
  }

  @Test
  void gives_equal_rows_and_definitions_when_it_is_put_back() throws Exception {
    done(work.run(context(cluster("kong_backup"))));
    Database.create("kong_restored");
    try (Connection connection = Database.connect("kong_restored")) {
      assertThat(Restore.of(place()).into(connection, "public").rows()).isEqualTo(1303);
    }
    assertThat(Database.digests("kong_restored", "public"))
        .isEqualTo(Database.digests("kong_backup", "public"));
    assertThat(Database.definitions("kong_restored", "public"))
        .isEqualTo(Database.definitions("kong_backup", "public"));
  }
}
