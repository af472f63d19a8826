package io.changeover.exporter.cassandra.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.exporter.SmallDisk;
import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Node;
import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.SupersededException;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpWorksIT {
  /// Older than any clock's error that is allowed for.
  private static final long LONG_AGO_MICROS = 1_600_000_000_000_000L;

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

  private Cluster cluster(String key) throws IOException {
    return cluster(key, folder);
  }

  private Cluster cluster(String key, Path place) throws IOException {
    Path file = Files.writeString(folder.resolve("key-" + key), key(key));
    return KeyspaceInventory.cluster(
        place,
        Node.get().port(),
        "",
        kong.blueName(),
        kong.greenName(),
        ", way: dump, artifacts: \"%s\", key: \"${file:%s}\""
            .formatted(place.resolve("artifacts"), file));
  }

  private static String key(String seed) {
    return Base64.getEncoder()
        .encodeToString(seed.repeat(32).substring(0, 32).getBytes(StandardCharsets.UTF_8));
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

  private static String refused(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.FATAL));
    return ((Outcome.Failed) outcome).reason();
  }

  private Map<String, String> exported(Cluster cluster) throws InterruptedException {
    return done(run(new ExportWork(), cluster, Actions.EXPORT));
  }

  private Map<String, String> transferred(Cluster cluster) throws InterruptedException {
    return done(run(new TransferWork(), cluster, Actions.TRANSFER));
  }

  private Outcome imported(Cluster cluster) throws InterruptedException {
    return run(new ImportWork(), cluster, Actions.IMPORT);
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
    }
  }

  private void rows() {
    kong.consumer("very-secret-name", Set.of("t"));
    UUID upstream = kong.upstream("u");
    kong.target(upstream, "a:1", 1_000, 1);
    kong.target(upstream, "a:1", 2_000, 0);
    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd') USING TTL 9000");
    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'short') USING TTL 15");
    kong.blue(
        "INSERT INTO %s.portal_files (area, path, version, contents, labels) VALUES ('p', '/a', 3, 'x', {'k': 'v'}) USING TIMESTAMP 1600000000000007");
  }

  @Test
  void rows_travel_through_files_and_arrive_as_they_were() throws Exception {
    Cluster cluster = cluster("a");
    rows();

    Map<String, String> exported = exported(cluster);
    assertThat(exported(cluster)).isEqualTo(exported);
    Map<String, String> transferred = transferred(cluster);
    assertThat(transferred(cluster)).isEqualTo(transferred);
    Map<String, String> imported = done(imported(cluster));
    assertThat(done(imported(cluster))).isEqualTo(imported);

    assertThat(transferred.get(Facts.DUMP_SHA256)).isEqualTo(exported.get(Facts.DUMP_SHA256));
    assertThat(imported)
        .containsEntry(Facts.DUMP_SHA256, exported.get(Facts.DUMP_SHA256))
        .containsEntry(Facts.COPY_ROWS, "7")
        .containsEntry(Facts.COPY_TTL_ROWS, "1")
        .containsEntry(Facts.COPY_SKIPPED, "1")
        .containsEntry(Facts.COPY_TARGETS_BEFORE, "2")
        .containsEntry(Facts.COPY_TARGETS_AFTER, "1");
    assertThat(kong.greenRows("SELECT ttl(data) FROM %s.sessions").getFirst().getInt(0))
        .isBetween(8_900, 9_000);
    assertThat(
            kong.greenRows("SELECT writetime(contents) FROM %s.portal_files").getFirst().getLong(0))
        .isEqualTo(1_600_000_000_000_007L);
    assertThat(done(run(new CompareWork(), cluster, Actions.COMPARE)))
        .containsEntry(Facts.COMPARE_EQUAL, "true")
        .containsEntry(Facts.DIGEST_CONFIG, imported.get(Facts.DIGEST_CONFIG))
        .containsEntry(Facts.DIGEST_TABLES, imported.get(Facts.DIGEST_TABLES));
  }

  @Test
  void a_dump_is_used_again_only_where_blue_is_still_what_was_exported() throws Exception {
    Cluster cluster = cluster("a");
    kong.consumer("a", Set.of());
    Map<String, String> first = exported(cluster);
    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd') USING TTL 9000");
    assertThat(exported(cluster)).describedAs("a session is no configuration").isEqualTo(first);

    kong.consumer("while the freeze was lifted", Set.of());
    Map<String, String> second = exported(cluster);
    assertThat(second.get(Facts.DUMP_SHA256)).isNotEqualTo(first.get(Facts.DUMP_SHA256));
    assertThat(files(Path.of(second.get(Facts.DUMP_PATH))))
        .describedAs("nothing is left of the first")
        .hasSize(Integer.parseInt(second.get(Facts.DUMP_FILES)) + 1);
    transferred(cluster);
    assertThat(done(imported(cluster))).containsEntry(Facts.COPY_ROWS, "4");

    assertThat(exported(cluster("b")).get(Facts.DUMP_SHA256))
        .describedAs("one that the key does not open is written anew")
        .isNotEqualTo(second.get(Facts.DUMP_SHA256));
  }

  @Test
  void what_blue_s_nodes_write_after_the_export_follows_and_holds_nothing() throws Exception {
    Cluster cluster = cluster("a");
    kong.consumer("a", Set.of());
    UUID ended = UUID.randomUUID();
    kong.blue(
        "INSERT INTO %s.sessions (id, data) VALUES (?, 'd') USING TTL 9000 AND TIMESTAMP ?",
        ended, LONG_AGO_MICROS);
    exported(cluster);
    transferred(cluster);
    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd') USING TTL 9000");
    assertThat(done(imported(cluster)))
        .containsEntry(Facts.COPY_ROWS, "3")
        .containsEntry(Facts.DELTA_ROWS, "1");

    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd') USING TTL 9000");
    kong.blue("DELETE FROM %s.sessions WHERE id = ?", ended);
    assertThat(done(run(new CompareWork(), cluster, Actions.COMPARE)))
        .containsEntry(Facts.COMPARE_EQUAL, "true")
        .containsEntry(Facts.COMPARE_LATE, "2");
    assertThat(done(run(new DeltaWork(), cluster, Actions.DELTA)))
        .containsEntry(Facts.DELTA_ROWS, "1")
        .containsEntry(Facts.DELTA_DELETED, "1");

    kong.blue(
        "INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd') USING TTL 9000 AND TIMESTAMP ?",
        LONG_AGO_MICROS);
    assertThat(refused(run(new CompareWork(), cluster, Actions.COMPARE)))
        .describedAs("one that the copy should have found")
        .contains("- sessions");
  }

  @Test
  void files_are_their_owner_s_and_nobody_reads_a_secret_in_them() throws Exception {
    Cluster cluster = cluster("a");
    rows();
    exported(cluster);
    transferred(cluster);

    List<Path> files = files(folder.resolve("artifacts"));
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("very-secret-name", "consumers");
    }
  }

  @Test
  void a_file_that_was_changed_or_cut_is_named_and_nothing_of_it_is_written() throws Exception {
    Cluster cluster = cluster("a");
    kong.consumer("a", Set.of());
    exported(cluster);
    transferred(cluster);
    Path file =
        files(folder.resolve("artifacts")).stream()
            .filter(some -> !some.endsWith("manifest"))
            .findFirst()
            .orElseThrow();
    byte[] whole = Files.readAllBytes(file);

    byte[] changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(file, changed);
    assertThat(refused(imported(cluster))).contains(file.getFileName().toString(), "was changed");
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThat(refused(imported(cluster)))
        .contains("has %d bytes, not %d".formatted(whole.length - 1, whole.length));
    Files.delete(file);
    assertThat(refused(imported(cluster))).contains("is not there");

    transferred(cluster);
    assertThat(done(imported(cluster))).containsEntry(Facts.COPY_ROWS, "2");
  }

  @Test
  void a_manifest_that_was_changed_or_another_key_does_not_decrypt() throws Exception {
    Cluster cluster = cluster("a");
    kong.consumer("a", Set.of());
    exported(cluster);
    transferred(cluster);

    assertThat(refused(imported(cluster("b")))).contains("does not decrypt");

    Path manifest = folder.resolve("artifacts/one/upgrade-1/manifest");
    byte[] bytes = Files.readAllBytes(manifest);
    bytes[bytes.length - 20] ^= 1;
    Files.write(manifest, bytes);
    assertThat(refused(imported(cluster("a")))).contains("does not decrypt");
  }

  @Test
  void a_command_of_another_way_than_the_inventory_s_is_refused() throws Exception {
    Cluster cluster = cluster("a");
    for (String way : List.of("copy", "kong-yml")) {
      assertThat(
              refused(
                  new ExportWork()
                      .run(
                          FakePhaseContext.of(
                              FakePhaseContext.command("one", Actions.EXPORT).setWay(way).build(),
                              cluster))))
          .contains("the way " + way);
    }
    assertThat(refused(run(new CopyWork(), cluster, Actions.COPY))).contains("goes the way dump");
  }

  @Test
  void a_target_with_rows_and_a_missing_dump_are_refused() throws Exception {
    Cluster cluster = cluster("a");
    assertThat(refused(imported(cluster))).contains("there is no dump in");
    assertThat(refused(run(new TransferWork(), cluster, Actions.TRANSFER)))
        .contains("there is no dump in");
    kong.consumer("a", Set.of());
    exported(cluster);
    transferred(cluster);
    kong.green("INSERT INTO %s.consumers (id, username) VALUES (uuid(), 'who')");

    assertThat(refused(imported(cluster))).contains("has rows in [consumers]");
  }

  @Test
  void an_import_that_is_stopped_again_and_again_goes_on() throws Exception {
    Cluster cluster = cluster("a");
    for (int i = 0; i < 40; i++) {
      kong.consumer("c" + i, Set.of());
    }
    exported(cluster);
    transferred(cluster);
    for (int effects = 0; effects < 6; effects++) {
      int most = effects;
      assertThatExceptionOfType(SupersededException.class)
          .isThrownBy(
              () ->
                  new ImportWork().run(context(cluster, Actions.IMPORT).cancelAfterEffects(most)));
    }

    assertThat(done(imported(cluster))).containsEntry(Facts.COPY_ROWS, "41");
    assertThat(done(run(new CompareWork(), cluster, Actions.COMPARE)))
        .containsEntry(Facts.COMPARE_EQUAL, "true");
  }

  /// Some four megabytes in files of a hundred kilobytes, which nothing packs.
  private static void bulk() {
    byte[] bytes = new byte[75_000];
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      random.nextBytes(bytes);
      kong.blue(
          "INSERT INTO %s.sessions (id, data) VALUES (?, ?)",
          new UUID(random.nextLong(), i), Base64.getEncoder().encodeToString(bytes));
    }
  }

  private static String noRoom(Outcome outcome) {
    assertThat(refused(outcome)).contains("of cluster one", "No space left on device");
    return ((Outcome.Failed) outcome).remedy();
  }

  private static Map<Path, FileTime> wholeFiles(Path below) throws IOException {
    Map<Path, FileTime> whole = new TreeMap<>();
    for (Path file : files(below)) {
      if (file.getFileName().toString().matches("[0-9a-f]{64}")) {
        whole.put(file, Files.getLastModifiedTime(file));
      }
    }
    return whole;
  }

  @Test
  void a_full_disk_is_named_and_once_there_is_room_the_next_attempt_goes_on() throws Exception {
    kong.consumer("a", Set.of());
    bulk();
    Path place = folder.resolve("small");
    try (SmallDisk disk = SmallDisk.mount(place, 2)) {
      Cluster cluster = cluster("a", place);

      assertThat(noRoom(run(new ExportWork(), cluster, Actions.EXPORT))).contains("make room");
      disk.enlarge(7);
      Map<String, String> exported = exported(cluster);

      assertThat(noRoom(run(new TransferWork(), cluster, Actions.TRANSFER))).contains("make room");
      Map<Path, FileTime> arrived = wholeFiles(place.resolve("artifacts"));
      assertThat(arrived).isNotEmpty();
      disk.enlarge(64);
      assertThat(transferred(cluster).get(Facts.DUMP_SHA256))
          .isEqualTo(exported.get(Facts.DUMP_SHA256));

      assertThat(wholeFiles(place.resolve("artifacts"))).containsAllEntriesOf(arrived);
      done(imported(cluster));
      assertThat(done(run(new CompareWork(), cluster, Actions.COMPARE)))
          .containsEntry(Facts.COMPARE_EQUAL, "true")
          .containsEntry(Facts.COMPARE_ROWS, "62");
    }
  }
}
