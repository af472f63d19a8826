package io.changeover.exporter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.Clusters;
import io.changeover.exporter.Database;
import io.changeover.messages.FailureKind;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the suite does with `pg_dump`, whatever that does: a script stands in for it. The real one
/// is in [RealPgDumpIT].
class PgDumpBackupIT {

  @TempDir Path dir;

  @BeforeAll
  static void fill() throws Exception {
    Database.createKongLike("kong_dump");
  }

  private Outcome run(String script) throws Exception {
    Path program = dir.resolve("pg_dump");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new BackupWork()
        .run(
            FakePhaseContext.of(
                FakePhaseContext.command("one", "backup").build(),
                Clusters.on(
                    dir,
                    "kong_dump",
                    "postgres",
                    dir.resolve("backups"),
                    ", backup: pg_dump, pgDump: [\"" + program + "\"]")));
  }

  private Path place() {
    return dir.resolve("backups/one/upgrade-1/attempt-1");
  }

  @Test
  void keeps_what_it_writes_and_counts_the_rows_of_its_snapshot() throws Exception {
    Outcome outcome = run("echo \"PGDMP $PGPASSWORD $*\"");
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts())
        .containsEntry("backup.rows", "1303")
        .containsEntry("backup.tables", "6");
    assertThat(Files.readString(place().resolve("database.dump")))
        .startsWith("PGDMP open-sesame-1 --format=custom --no-password")
        .contains("--dbname=kong_dump --schema=\"public\" --snapshot=");
    assertThat(BackupFolder.verified(place()).manifest().kind()).isEqualTo("pg_dump");
  }

  @Test
  void says_what_it_said_when_it_fails() throws Exception {
    Outcome outcome = run("echo 'aborting because of server version mismatch' >&2; exit 1");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
              assertThat(failed.reason())
                  .contains("exit code 1")
                  .contains("server version mismatch");
            });
    assertThat(place()).doesNotExist();
    assertThat(place().resolveSibling("attempt-1.partial")).doesNotExist();
  }

  @Test
  void is_checked_by_a_pg_restore_beside_it() throws Exception {
    Path restore = dir.resolve("pg_restore");
    Files.writeString(
        restore,
        "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\necho 'did not find magic string' >&2\nexit 1\n");
    Files.setPosixFilePermissions(restore, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run("echo nothing"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("pg_restore").contains("magic string"));
    assertThat(place()).doesNotExist();
  }

  @Test
  void names_a_program_that_is_not_there() throws Exception {
    Outcome outcome =
        new BackupWork()
            .run(
                FakePhaseContext.of(
                    FakePhaseContext.command("one", "backup").build(),
                    Clusters.on(
                        dir,
                        "kong_dump",
                        "postgres",
                        dir.resolve("backups"),
                        ", backup: pg_dump, pgDump: [/nowhere/pg_dump]")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("/nowhere/pg_dump"));
  }
}
