package io.changeover.exporter.cassandra.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.KongYmlLab;
import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KongYmlWorksIT {

  private static final Path NOBODY = Path.of("/nonexistent/kong");

  private static KongYmlLab lab;

  @TempDir private Path folder;

  @BeforeAll
  static void keyspaces() {
    lab = new KongYmlLab();
  }

  @BeforeEach
  void seeded() {
    lab.reset();
  }

  private static Outcome run(PhaseWork work, Cluster cluster, String action)
      throws InterruptedException {
    return work.run(
        FakePhaseContext.of(
            FakePhaseContext.command("one", action).setWay("kong-yml").build(), cluster));
  }

  private static Map<String, String> done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return outcome.facts();
  }

  private static String failed(Outcome outcome, FailureKind kind) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(kind));
    return ((Outcome.Failed) outcome).reason();
  }

  private static Outcome exported(Cluster cluster) throws InterruptedException {
    return run(new ExportWork(), cluster, Actions.EXPORT);
  }

  private static Outcome transferred(Cluster cluster) throws InterruptedException {
    return run(new TransferWork(), cluster, Actions.TRANSFER);
  }

  private static Outcome imported(Cluster cluster) throws InterruptedException {
    return run(new ImportWork(), cluster, Actions.IMPORT);
  }

  private static Outcome compared(Cluster cluster) throws InterruptedException {
    return run(new CompareWork(), cluster, Actions.COMPARE);
  }

  private Path file() {
    return folder.resolve("artifacts/one/upgrade-1/kong.yml");
  }

  private Path exportedFile() {
    return folder.resolve("copy/one/upgrade-1/kong.yml");
  }

  /// What this way loses, and what it must not lose.
  private void hardRows(UUID team) {
    lab.workspace("blue_yml", team, "team");
    UUID consumer = lab.consumer(team, "of-team");
    lab.blue(
        "INSERT INTO %s.acls (id, created_at, consumer_id, \"group\", cache_key, ws_id) VALUES (uuid(), 1600000000000, ?, 'g', ?, ?)",
        consumer, "acls:" + consumer + ":g::::" + team, team);
    lab.blue(
        "INSERT INTO %s.keyauth_credentials (id, created_at, key, consumer_id, ws_id) VALUES (uuid(), 1600000000000, ?, ?, ?) USING TTL 9000",
        lab.home + ":short-key", KongYmlLab.PLAN.id("consumer", 0), lab.home);
    UUID upstream = UUID.randomUUID();
    lab.blue(
        "INSERT INTO %s.upstreams (id, created_at, name, slots, hash_on, algorithm, healthchecks, ws_id) VALUES (?, 1600000000000, ?, 100, 'none', 'round-robin', '{\"threshold\":0}', ?)",
        upstream, lab.home + ":u", lab.home);
    for (int n = 0; n < 3; n++) {
      lab.blue(
          "INSERT INTO %s.targets (id, created_at, upstream_id, target, weight, ws_id) VALUES (uuid(), ?, ?, '127.0.0.1:1', ?, ?)",
          java.time.Instant.ofEpochMilli(1_600_000_000_001L + n), upstream, n, lab.home);
    }
    lab.blue(
        "INSERT INTO %s.sessions (id, session_id, data, created_at) VALUES (uuid(), 's1', 'd', 1600000000000) USING TTL 8000");
    lab.blue(
        "INSERT INTO %s.oauth2_tokens (id, created_at, access_token, expires_in, ws_id) VALUES (uuid(), 1600000000000, ?, 7200, ?) USING TTL 7000",
        team + ":token", team);
    lab.blue(
        "UPDATE %s.ratelimiting_metrics SET value = value + 7 WHERE route_id = ? AND service_id = ? AND identifier = 'x' AND period_date = 0 AND period = 'year'",
        new UUID(0, 0), new UUID(0, 0));
  }

  @Test
  void entities_go_through_kong_s_own_import_and_are_equal_but_for_what_was_accepted()
      throws Exception {
    Cluster cluster = lab.cluster(folder, KongYmlLab.KONG);
    UUID team = UUID.randomUUID();
    hardRows(team);

    Map<String, String> exported = done(exported(cluster));
    assertThat(done(exported(cluster))).isEqualTo(exported);
    assertThat(exported.get(Facts.DUMP_LOSES))
        .contains(
            "flattened=2",
            "workspaces=1",
            "permanent=1",
            "olderTargets=5",
            "fractions=1",
            "tables=1")
        .contains("ratelimiting_metrics:1");
    Map<String, String> transferred = done(transferred(cluster));
    assertThat(done(transferred(cluster))).isEqualTo(transferred);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    Map<String, String> imported = done(imported(cluster));
    assertThat(done(imported(cluster))).isEqualTo(imported);
    assertThat(imported)
        .containsEntry(Facts.DUMP_SHA256, exported.get(Facts.DUMP_SHA256))
        .containsEntry(
            Facts.COPY_TARGETS_BEFORE,
            Integer.toString(
                5 + Integer.parseInt(imported.getOrDefault(Facts.COPY_TARGETS_AFTER, ""))))
        .containsEntry(Facts.DIGEST_CONFIG, exported.get(Facts.DIGEST_CONFIG));

    Map<String, String> compared = done(compared(cluster));
    assertThat(compared)
        .containsEntry(Facts.COMPARE_EQUAL, "true")
        .containsEntry(Facts.DIGEST_CONFIG, exported.get(Facts.DIGEST_CONFIG))
        .containsEntry(Facts.DIGEST_TABLES, imported.get(Facts.DIGEST_TABLES));
    assertThat(compared.get(Facts.COMPARE_LOSSES))
        .contains("flattened=2", "permanent=1", "fractions=1");

    assertThat(lab.green("SELECT id FROM %s.workspaces").getFirst().getUuid(0)).isEqualTo(lab.home);
    assertThat(lab.green("SELECT ttl(data) FROM %s.sessions").getFirst().getInt(0))
        .isBetween(7_900, 8_000);
    assertThat(lab.green("SELECT access_token FROM %s.oauth2_tokens").getFirst().getString(0))
        .isEqualTo(lab.home + ":token");
    lab.blue(
        "INSERT INTO %s.sessions (id, session_id, data) VALUES (uuid(), 's2', 'd') USING TTL 900");
    assertThat(done(run(new DeltaWork(), cluster, Actions.DELTA)))
        .containsEntry(Facts.DELTA_ROWS, "1")
        .containsEntry(Facts.DIGEST_CONFIG, exported.get(Facts.DIGEST_CONFIG));
    assertThat(lab.green("SELECT session_id FROM %s.sessions")).hasSize(2);

    lab.green(
        "UPDATE %s.services SET host = 'elsewhere' WHERE partition = 'services' AND id = ?",
        KongYmlLab.PLAN.id("service", 1));
    lab.consumer(lab.home, "late");
    assertThat(done(exported(cluster)).get(Facts.DUMP_SHA256))
        .isNotEqualTo(exported.get(Facts.DUMP_SHA256));
    assertThat(failed(compared(cluster), FailureKind.FATAL))
        .contains("services=1", "consumers=1", "host is not what an import makes of it");
  }

  @Test
  void what_kong_exports_itself_becomes_the_file_that_we_would_have_written() throws Exception {
    hardRows(UUID.randomUUID());
    Map<String, String> ours = new TreeMap<>(done(exported(lab.cluster(folder, NOBODY))));
    Map<String, Map<String, Object>> written = KongYmlLab.entities(exportedFile());
    Cluster cluster = lab.exporting(folder, KongYmlLab.OLD_KONG, NOBODY);

    Map<String, String> exported = done(exported(cluster));
    assertThat(done(exported(cluster))).isEqualTo(exported);
    assertThat(exported.get(Facts.DUMP_SHA256)).isNotEqualTo(ours.get(Facts.DUMP_SHA256));
    Set<String> own = Set.of(Facts.DUMP_SHA256, Facts.DUMP_BYTES);
    assertThat(without(own, exported)).isEqualTo(without(own, ours));
    assertThat(exported.get(Facts.DUMP_LOSES)).contains("olderTargets=5", "permanent=1");
    Map<String, Map<String, Object>> kongs = KongYmlLab.entities(exportedFile());
    assertThat(kongs).containsOnlyKeys(written.keySet());
    written.forEach(
        (entity, values) -> assertThat(kongs.get(entity)).as(entity).containsAllEntriesOf(values));
    try (Stream<Path> left = Files.list(exportedFile().resolveSibling("."))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("kong.yml", "kong.yml.manifest.json");
    }
  }

  private static Map<String, String> without(Set<String> names, Map<String, String> facts) {
    Map<String, String> left = new TreeMap<>(facts);
    left.keySet().removeAll(names);
    return left;
  }

  @Test
  void an_export_of_kong_that_is_short_or_missing_is_named_and_leaves_no_file() throws Exception {
    Cluster missing = lab.exporting(folder, script("exit 0"), NOBODY);
    assertThat(failed(exported(missing), FailureKind.FATAL)).contains("exited 0 and left no file");

    Cluster shorter =
        lab.exporting(
            folder,
            script(
                """
                %s "$@"
                awk '/^[a-z_]+:/ {here = ($1 == "consumers:")} here && /^- / {n++} !(here && n == 1)' "$3" > "$3.2"
                mv "$3.2" "$3"
                """
                    .formatted(KongYmlLab.OLD_KONG)),
            NOBODY);
    assertThat(failed(exported(shorter), FailureKind.FATAL))
        .contains("keyspace blue_yml holds: {consumers=4 of 5}");

    Cluster nobody = lab.exporting(folder, NOBODY, NOBODY);
    assertThat(failed(exported(nobody), FailureKind.FATAL)).contains("could not be started");
    assertThat(failed(transferred(nobody), FailureKind.FATAL)).contains("there is no kong.yml");
  }

  @Test
  void a_configuration_that_changes_while_kong_exports_is_exported_again() throws Exception {
    Path begun = folder.resolve("begun");
    Path changed = folder.resolve("changed");
    Cluster cluster =
        lab.exporting(
            folder,
            script(
                "touch %s; until [ -e %s ]; do sleep 0.02; done; echo _ > \"$3\""
                    .formatted(begun, changed)),
            NOBODY);
    CompletableFuture<Outcome> exported =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return exported(cluster);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    while (!Files.exists(begun) && !exported.isDone()) {
      Thread.sleep(10);
    }
    lab.consumer(lab.home, "late");
    Files.createFile(changed);
    assertThat(failed(exported.get(60, TimeUnit.SECONDS), FailureKind.RETRYABLE))
        .contains("keyspace blue_yml was changed while");
  }

  private Path script(String body) throws IOException {
    Path script = folder.resolve("script");
    Files.writeString(script, "#!/usr/bin/env bash\nset -e\n" + body);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  @Test
  void a_broken_import_of_what_kong_exported_is_emptied_before_the_next_one_where_it_is_its_own()
      throws Exception {
    Path breaking =
        script(
            """
        if [[ "$1 $2" == "config db_import" && ! -e %1$s/broken ]]; then
          touch %1$s/broken
          %2$s "$@" > %1$s/said
          echo 'Error: Failed importing:' >&2
          echo '[cassandra] UNIQUE violation detected on '"'"'{key="very-secret"}'"'" >&2
          exit 1
        fi
        exec %2$s "$@"
        """
                .formatted(folder, KongYmlLab.KONG));
    Cluster cluster = lab.exporting(folder, KongYmlLab.OLD_KONG, breaking);
    hardRows(UUID.randomUUID());
    done(exported(cluster));
    done(transferred(cluster));
    assertThat(failed(imported(cluster), FailureKind.FATAL))
        .contains("UNIQUE violation", "key=…")
        .doesNotContain("very-secret");
    assertThat(lab.green("SELECT id FROM %s.targets")).isNotEmpty();

    UUID foreign = UUID.randomUUID();
    lab.green("INSERT INTO %s.consumers (id, username) VALUES (?, 'who')", foreign);
    assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("has 1 rows that are not in");
    assertThat(lab.green("SELECT id FROM %s.targets")).isNotEmpty();
    lab.green("DELETE FROM %s.consumers WHERE id = ?", foreign);
    Path started = folder.resolve("copy/one.kong-yml.process");
    Files.writeString(started, ProcessHandle.current().pid() + "");
    assertThat(failed(imported(cluster), FailureKind.RETRYABLE)).contains("or may run");
    Files.writeString(started, "?");
    assertThat(failed(imported(cluster), FailureKind.RETRYABLE)).contains("or may run");
    Files.delete(started);
    try (ServerSocket _ = new ServerSocket(lab.greenPort, 5, InetAddress.getLoopbackAddress())) {
      assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("run already: [green]");
    }

    done(imported(cluster));
    assertThat(done(compared(cluster))).containsEntry(Facts.COMPARE_EQUAL, "true");
  }

  @Test
  void a_file_that_was_cut_or_changed_and_a_missing_command_are_named_and_write_nothing()
      throws Exception {
    Cluster cluster = lab.cluster(folder, NOBODY);
    assertThat(failed(transferred(cluster), FailureKind.FATAL)).contains("there is no kong.yml");
    assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("there is no kong.yml");
    done(exported(cluster));
    done(transferred(cluster));
    byte[] whole = Files.readAllBytes(file());

    Files.write(file(), java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThat(failed(imported(cluster), FailureKind.FATAL))
        .contains("has %d bytes".formatted(whole.length - 1));
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Files.write(file(), changed);
    assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("was changed");
    Files.delete(file());
    assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("is not there");
    done(transferred(cluster));
    assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("could not be started");
    assertThat(lab.green("SELECT id FROM %s.services")).isEmpty();
  }

  @Test
  void names_that_collide_in_one_workspace_and_orphans_are_refused_and_leave_no_file()
      throws Exception {
    Cluster cluster = lab.cluster(folder, NOBODY);
    UUID team = UUID.randomUUID();
    lab.workspace("blue_yml", team, "team");
    lab.consumer(team, "same");
    lab.consumer(lab.home, "same");
    for (UUID workspace : List.of(team, lab.home)) {
      lab.blue(
          "INSERT INTO %s.plugins (id, name, config, enabled, ws_id) VALUES (uuid(), 'cors', '{}', true, ?)",
          workspace);
    }
    lab.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, consumer_id, ws_id) VALUES (uuid(), ?, uuid(), ?)",
        lab.home + ":very-secret", lab.home);

    assertThat(failed(exported(cluster), FailureKind.FATAL))
        .contains("2 entities have a name or key", "consumers id=", "(username)")
        .contains("plugins id=", "(name+route+service+consumer)")
        .contains("1 entities refer to one that is not there", "(consumer)")
        .doesNotContain("very-secret");
    assertThat(failed(transferred(cluster), FailureKind.FATAL)).contains("there is no kong.yml");
  }

  @Test
  void a_target_with_rows_and_a_folder_that_cannot_be_written_are_refused() throws Exception {
    Cluster cluster = lab.cluster(folder, KongYmlLab.KONG);
    Files.writeString(folder.resolve("copy"), "no folder");
    assertThat(failed(exported(cluster), FailureKind.FATAL)).contains("could not be used");
    Files.delete(folder.resolve("copy"));
    done(exported(cluster));
    done(transferred(cluster));
    lab.green("INSERT INTO %s.consumers (id, username) VALUES (uuid(), 'who')");

    assertThat(failed(imported(cluster), FailureKind.FATAL)).contains("has rows in [consumers]");
    assertThat(lab.green("SELECT id FROM %s.services")).isEmpty();
  }
}
