package io.changeover.exporter.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.Clusters;
import io.changeover.exporter.Database;
import io.changeover.exporter.RestoreMain;
import io.changeover.exporter.backup.BackupWork;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreIT {

  @TempDir static Path dir;

  private static Path backup = Path.of(".");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void save() throws Exception {
    Database.createKongLike("kong_saved");
    Path backups = dir.resolve("backups");
    Outcome outcome =
        new BackupWork()
            .run(
                FakePhaseContext.of(
                    FakePhaseContext.command("one", "backup").build(),
                    Clusters.on(dir, "kong_saved", "postgres", backups, "")));
    backup = Path.of(outcome.facts().getOrDefault("backup.path", "none"));
  }

  private int run(String... args) {
    return RestoreMain.run(
        List.of(args),
        Map.of("PGPASSWORD", "open-sesame-1"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int restore(Path folder, String database, String schema) {
    return run(
        "--backup",
        folder.toString(),
        "--url",
        Database.url(database),
        "--user",
        "postgres",
        "--schema",
        schema);
  }

  @Test
  void makes_the_schema_that_is_named() throws Exception {
    Database.create("kong_elsewhere");
    assertThat(restore(backup, "kong_elsewhere", "other"))
        .as(() -> err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Restored 6 tables with 1303 rows of cluster one into the schema other");
    assertThat(Database.digests("kong_elsewhere", "other"))
        .isEqualTo(Database.digests("kong_saved", "public"));
    assertThat(Database.definitions("kong_elsewhere", "other"))
        .isEqualTo(Database.definitions("kong_saved", "public"));
    assertThat(Database.definitions("kong_elsewhere", "public")).isEmpty();
  }

  @Test
  void refuses_a_schema_that_is_not_empty() throws Exception {
    Database.create("kong_full");
    Database.execute("kong_full", "CREATE TABLE mine (a int); INSERT INTO mine VALUES (1)");
    assertThat(restore(backup, "kong_full", "public")).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("The schema public is not empty");
    assertThat(Database.digests("kong_full", "public")).containsOnlyKeys("mine");
  }

  @Test
  void leaves_nothing_of_a_backup_that_breaks_off() throws Exception {
    Database.create("kong_broken");
    Path copy = copy("torn");
    Files.delete(copy.resolve("table-0003.copy.gz"));
    assertThat(restore(copy, "kong_broken", "public")).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("table-0003.copy.gz is not there");
    assertThat(Database.digests("kong_broken", "public")).isEmpty();
  }

  @Test
  void refuses_a_folder_that_is_no_backup() throws Exception {
    Database.create("kong_none");
    assertThat(restore(dir, "kong_none", "public")).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("has no manifest.json");
  }

  @Test
  void refuses_a_manifest_that_names_files_elsewhere() throws Exception {
    Database.create("kong_named");
    Path copy = copy("named");
    Path manifest = copy.resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("before-data.sql", "../backups/x.sql"));
    assertThat(restore(copy, "kong_named", "public")).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("expected a file of the backup's own folder");
  }

  @Test
  void says_how_it_wants_to_be_called() {
    assertThat(run("--backup", "x")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("expected --backup DIR --url");
  }

  private static Path copy(String name) throws Exception {
    Path copy = Files.createDirectory(dir.resolve(name));
    try (var files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    return copy;
  }
}
