package io.changeover.exporter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.Clusters;
import io.changeover.exporter.Database;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL's own `pg_dump`, and `pg_restore` to bring back what it saved.
class RealPgDumpIT {

  @TempDir Path dir;

  @Test
  void what_it_saves_comes_back_with_equal_digests() throws Exception {
    Path program = installed();
    Database.createKongLike("kong_real_dump");
    Outcome outcome =
        new BackupWork()
            .run(
                FakePhaseContext.of(
                    FakePhaseContext.command("one", "backup").build(),
                    Clusters.on(
                        dir,
                        "kong_real_dump",
                        "postgres",
                        dir.resolve("backups"),
                        ", backup: pg_dump, pgDump: [\"" + program + "\"]")));
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.facts()).containsEntry("backup.rows", "1303");

    Database.create("kong_real_restored");
    restore(program.resolveSibling("pg_restore"), "kong_real_restored");
    assertThat(Database.digests("kong_real_restored", "public"))
        .hasSize(6)
        .isEqualTo(Database.digests("kong_real_dump", "public"));
  }

  private void restore(Path program, String database) throws IOException, InterruptedException {
    Path dump = dir.resolve("backups/one/upgrade-1/attempt-1/database.dump");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--exit-on-error",
                "--clean",
                "--if-exists",
                "--host=127.0.0.1",
                "--port=" + Database.port(),
                "--username=postgres",
                "--dbname=" + database,
                dump.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  /// The one on the PATH, when it is not older than the server; a must where `CI` is set.
  private static Path installed() throws Exception {
    Optional<Path> found =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv("PATH"))
            .map(folder -> Path.of(folder, "pg_dump"))
            .filter(Files::isExecutable)
            .findFirst();
    boolean fits = found.isPresent() && major(found.orElseThrow()) >= serverMajor();
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(fits, "no pg_dump that is as new as the server");
    }
    assertThat(fits).as("pg_dump on the PATH, as new as the server").isTrue();
    return found.orElseThrow();
  }

  private static int major(Path program) throws IOException {
    Process process = new ProcessBuilder(program.toString(), "--version").start();
    try (var out = process.inputReader()) {
      return Integer.parseInt(out.readLine().replaceFirst("^[^0-9]*(\\d+).*$", "$1"));
    }
  }

  private static int serverMajor() throws Exception {
    try (var connection = Database.connect("postgres")) {
      return connection.getMetaData().getDatabaseMajorVersion();
    }
  }
}
