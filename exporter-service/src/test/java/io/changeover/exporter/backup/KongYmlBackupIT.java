package io.changeover.exporter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.Clusters;
import io.changeover.exporter.Database;
import io.changeover.inventory.Cluster;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.seed.SeedPlan;
import io.changeover.sandbox.seed.Seeder;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A `kong.yml` beside a backup of PostgreSQL: the stand-in Kong takes it, and a database that was
/// filled from it says the same.
class KongYmlBackupIT {

  private static final SeedPlan PLAN =
      new SeedPlan(1, 3, 4, 5, InetSocketAddress.createUnresolved("127.0.0.1", 9));

  @TempDir Path dir;

  private static Map<String, String> environment(String database) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KONG_DATABASE", "postgres");
    environment.put("KONG_PG_HOST", "127.0.0.1");
    environment.put("KONG_PG_PORT", Integer.toString(Database.port()));
    environment.put("KONG_PG_DATABASE", database);
    environment.put("KONG_PG_USER", "postgres");
    environment.put("KONG_PG_PASSWORD", "open-sesame-1");
    environment.put("KONG_PREFIX", "/nonexistent/prefix");
    return environment;
  }

  private static String kong(String version, String database, String... command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = KongMain.run(Profile.of(version), List.of(command), environment(database), out, out);
    String words = said.toString(StandardCharsets.UTF_8);
    assertThat(code).as(words).isZero();
    return words;
  }

  @BeforeAll
  static void seeded() throws SQLException {
    Database.create("kong_yml");
    kong("2.1.4", "kong_yml", "migrations", "bootstrap");
    Profile profile = Profile.of("2.1.4");
    KongSettings settings = KongSettings.resolve(profile, null, environment("kong_yml"), Map.of());
    try (Store store = Store.open(profile, settings, Duration.ofSeconds(60))) {
      Seeder.seed(store, profile, PLAN, Instant.ofEpochSecond(1_700_000_000));
    }
    Database.execute(
        "kong_yml",
        """
        INSERT INTO consumers (id, created_at, username, ws_id) SELECT '%1$s', '2026-01-02 03:04:05Z', E'Ünï\\n🦍 ''"', id FROM workspaces;
        INSERT INTO keyauth_credentials (id, created_at, consumer_id, key, ttl, ws_id)
          SELECT gen_random_uuid(), now(), '%1$s', 'lives', now() + interval '1 hour', id FROM workspaces;
        INSERT INTO keyauth_credentials (id, created_at, consumer_id, key, ttl, ws_id)
          SELECT gen_random_uuid(), now(), '%1$s', 'ended', now() - interval '1 hour', id FROM workspaces;
        INSERT INTO ratelimiting_metrics (identifier, period, period_date, service_id, route_id, value)
          VALUES ('x', 'year', now(), gen_random_uuid(), gen_random_uuid(), 7);
        """
            .formatted(PLAN.id("odd", 0)));
  }

  private Outcome.Done saved(String policy) throws InterruptedException {
    Cluster cluster =
        Clusters.on(dir, "kong_yml", "postgres", dir.resolve("backups"), ", " + policy);
    Outcome outcome =
        new BackupWork()
            .run(FakePhaseContext.of(FakePhaseContext.command("one", "backup").build(), cluster));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return (Outcome.Done) outcome;
  }

  private Path place() {
    return dir.resolve("backups/one/upgrade-1/attempt-1");
  }

  private Path file() {
    return place().resolve("kong.yml");
  }

  /// Every row as JSON without what the file does not carry, from one table.
  private static List<String> rows(String database, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = Database.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (to_jsonb(t) - 'ws_id' - 'cache_key' - 'updated_at' - 'ttl' - 'request_buffering' - 'response_buffering')::text FROM %s t ORDER BY id"
                    .formatted(table))) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  @Test
  void kong_takes_the_file_and_a_database_that_was_filled_from_it_says_the_same() throws Exception {
    Outcome.Done saved = saved("backupFormats: [kong-yml]");
    assertThat(saved.facts().get(Facts.DUMP_LOSES))
        .contains("fractions=1", "permanent=1", "olderTargets=3", "workspaces=0", "flattened=0")
        .contains("ratelimiting_metrics:1");
    assertThat(BackupFolder.verified(place()).manifest().files())
        .extracting(Manifest.FileEntry::name)
        .contains("kong.yml", "kong.yml.manifest.json", "table-0001.copy.gz");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(saved("backupFormats: [kong-yml]").facts()).isEqualTo(saved.facts());

    assertThat(kong("2.1.4", "kong_yml", "config", "parse", file().toString()))
        .contains("parse successful");
    Database.create("kong_yml_22");
    kong("2.2.2", "kong_yml_22", "migrations", "bootstrap");
    assertThat(kong("2.2.2", "kong_yml_22", "config", "db_import", file().toString()))
        .contains("import successful");
    for (String table :
        List.of("services", "routes", "consumers", "upstreams", "acls", "plugins", "snis")) {
      assertThat(rows("kong_yml_22", table)).as(table).hasSameSizeAs(rows("kong_yml", table));
    }
    for (String table : List.of("services", "consumers", "upstreams", "acls")) {
      assertThat(rows("kong_yml_22", table)).as(table).isEqualTo(rows("kong_yml", table));
    }
    assertThat(rows("kong_yml_22", "keyauth_credentials"))
        .hasSize(PLAN.consumers() + 1)
        .noneMatch(row -> row.contains("\"ended\""));
    assertThat(rows("kong_yml_22", "targets")).hasSize(rows("kong_yml", "targets").size() - 3);
  }

  @Test
  void a_backup_without_the_format_has_no_such_file() throws Exception {
    assertThat(saved("backup: copy").facts()).doesNotContainKey(Facts.DUMP_LOSES);
    assertThat(file()).doesNotExist();
  }
}
