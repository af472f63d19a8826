package io.changeover.exporter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.RestoreKeyspaceMain;
import io.changeover.exporter.SmallDisk;
import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Node;
import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpBackupIT {

  private static Kong kong;

  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
  }

  @BeforeEach
  void empty() {
    kong.reset();
  }

  private Cluster cluster() throws IOException {
    return cluster(folder);
  }

  private Cluster cluster(Path place) throws IOException {
    Path key =
        Files.writeString(folder.resolve("key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    return KeyspaceInventory.cluster(
        place,
        Node.get().port(),
        "",
        kong.blueName(),
        kong.greenName(),
        ", key: \"${file:%s}\"".formatted(key));
  }

  private static Outcome backup(Cluster cluster) throws InterruptedException {
    return backup(cluster, 1);
  }

  private static Outcome backup(Cluster cluster, int attempt) throws InterruptedException {
    return new BackupWork()
        .run(
            FakePhaseContext.of(
                FakePhaseContext.command("one", Actions.BACKUP).setAttempt(attempt).build(),
                cluster));
  }

  private int restore(String path) throws InterruptedException {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return RestoreKeyspaceMain.run(
        List.of(
            "one",
            "--inventory",
            folder.resolve("inventory").toString(),
            "--backup",
            path,
            "--keyspace",
            kong.greenName()),
        errors,
        errors);
  }

  @Test
  void every_row_is_saved_and_put_back_old_versions_of_targets_too() throws Exception {
    kong.consumer("a", Set.of("t"));
    UUID upstream = kong.upstream("u");
    kong.target(upstream, "a:1", 1_000, 1);
    kong.target(upstream, "a:1", 2_000, 0);
    Cluster cluster = cluster();

    Map<String, String> facts = backup(cluster).facts();

    assertThat(facts).containsEntry(Facts.BACKUP_ROWS, "6");
    assertThat(backup(cluster).facts().get(Facts.BACKUP_SHA256))
        .isEqualTo(facts.get(Facts.BACKUP_SHA256));
    String path = String.valueOf(facts.get(Facts.BACKUP_PATH));
    assertThat(restore(path)).describedAs(err.toString(StandardCharsets.UTF_8)).isZero();
    for (String table : List.of("consumers", "targets", "tags", "upstreams", "workspaces")) {
      assertThat(kong.greenRows("SELECT * FROM %s." + table).stream().map(Kong::texts))
          .describedAs(table)
          .containsExactlyInAnyOrderElementsOf(
              kong.blueRows("SELECT * FROM %s." + table).stream().map(Kong::texts).toList());
    }
    assertThat(kong.greenRows("SELECT id FROM %s.targets")).hasSize(2);
  }

  @Test
  void a_backup_that_was_changed_is_refused_at_once() throws Exception {
    kong.consumer("a", Set.of());
    Cluster cluster = cluster();
    String path = String.valueOf(backup(cluster).facts().get(Facts.BACKUP_PATH));
    try (Stream<Path> files = Files.list(Path.of(path))) {
      Path file = files.filter(some -> !some.endsWith("manifest")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    assertThat(backup(cluster))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.FATAL));
    assertThat(restore(path)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("was changed");
  }

  @Test
  void a_keyspace_with_rows_is_not_written_to() throws Exception {
    kong.consumer("a", Set.of());
    String path = String.valueOf(backup(cluster()).facts().get(Facts.BACKUP_PATH));
    kong.green("INSERT INTO %s.consumers (id, username) VALUES (uuid(), 'who')");

    assertThat(restore(path)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("has rows in [consumers]");
    assertThat(kong.greenRows("SELECT id FROM %s.consumers")).hasSize(1);
  }

  @Test
  void a_keyspace_without_a_column_of_the_backup_is_not_written_to() throws Exception {
    kong.blue("ALTER TABLE %s.consumers ADD of_an_own_plugin text");
    try {
      kong.blue(
          "INSERT INTO %s.consumers (id, username, of_an_own_plugin) VALUES (uuid(), 'a', 'x')");
      String path = String.valueOf(backup(cluster()).facts().get(Facts.BACKUP_PATH));

      assertThat(restore(path)).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("of_an_own_plugin");
      assertThat(kong.greenRows("SELECT id FROM %s.consumers")).isEmpty();
    } finally {
      kong.blue("ALTER TABLE %s.consumers DROP of_an_own_plugin");
    }
  }

  @Test
  void a_full_disk_leaves_the_backup_of_before_and_no_half_one() throws Exception {
    kong.consumer("a", Set.of());
    Path place = folder.resolve("small");
    try (SmallDisk disk = SmallDisk.mount(place, 2)) {
      Cluster cluster = cluster(place);
      Map<String, String> before = backup(cluster, 1).facts();
      byte[] noise = new byte[1 << 20];
      Random random = new Random(1);
      for (int i = 0; i < 4; i++) {
        random.nextBytes(noise);
        kong.blue(
            "INSERT INTO %s.sessions (id, data) VALUES (uuid(), ?)",
            Base64.getEncoder().encodeToString(noise));
      }

      assertThat(backup(cluster, 2))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
                assertThat(failed.reason()).contains("No space left on device", "one");
                assertThat(failed.remedy()).contains("make room in `backupDir`");
              });
      Path first = Path.of(String.valueOf(before.get(Facts.BACKUP_PATH)));
      try (Stream<Path> backups = Files.list(first.resolveSibling(""))) {
        assertThat(backups.filter(Files::isDirectory)).containsExactly(first);
      }
      assertThat(backup(cluster, 1).facts().get(Facts.BACKUP_SHA256))
          .isEqualTo(before.get(Facts.BACKUP_SHA256));
      disk.enlarge(64);
      assertThat(backup(cluster, 2).facts()).containsEntry(Facts.BACKUP_ROWS, "6");
    }
  }
}
