package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What migrations leave in the database, beyond what they say.
final class MigrationEffectsIT {
  private static final String COLUMNS =
      """
      SELECT table_name || ': ' || string_agg(column_name || ' ' || CASE
               WHEN data_type = 'ARRAY' THEN substr(udt_name, 2) || '[]'
               WHEN data_type = 'timestamp with time zone' THEN 'timestamptz'
               WHEN data_type = 'timestamp without time zone' THEN 'timestamp'
               WHEN data_type = 'integer' THEN 'int'
               WHEN data_type = 'boolean' THEN 'bool'
               ELSE data_type END || CASE is_nullable WHEN 'NO' THEN '!' ELSE '' END, ', ' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name ORDER BY table_name
      """;
  private static final String CATALOGUE =
      """
      SELECT table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '')
             || ' ' || rank() OVER (PARTITION BY table_name ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      ORDER BY 1
      """;

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

  private static KongLab.Said kong(String database, String version, String... command) {
    KongLab.Said said =
        KongLab.run(version, List.of(command), lab.environment(database, lab.prefix()));
    assertThat(said.exit()).as("%s", said).isZero();
    return said;
  }

  @Test
  void a_bootstrapped_2_1_4_has_the_columns_of_the_real_one() throws Exception {
    List<String> expected = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("columns-2.1.4.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(expected::add);
    }
    assertThat(lab.query(lab.shared("done", "2.1.4"), COLUMNS)).containsExactlyElementsOf(expected);
  }

  @Test
  void an_upgraded_schema_is_that_of_a_fresh_2_2_2() throws Exception {
    List<String> fresh = lab.query(lab.shared("done", "2.2.2"), CATALOGUE);
    assertThat(lab.query(lab.shared("pending", "2.2.2"), CATALOGUE)).isEqualTo(fresh);
    assertThat(lab.query(lab.shared("finished", "2.2.2"), CATALOGUE)).isEqualTo(fresh);
    assertThat(fresh)
        .isNotEqualTo(lab.query(lab.shared("done", "2.1.4"), CATALOGUE))
        .hasSizeGreaterThan(400);
  }

  @Test
  void the_schema_at_the_end_of_the_path_is_that_of_a_fresh_one() throws Exception {
    String database = lab.database("done", "0.36.0");
    for (String version : List.of("1.3.0.2", "1.5.0.7", "2.1.4.0", "2.2.0.0")) {
      kong(database, version, "migrations", "up");
      kong(database, version, "migrations", "finish");
    }
    assertThat(lab.query(database, CATALOGUE))
        .isEqualTo(lab.query(lab.shared("done", "2.2.0.0"), CATALOGUE))
        .isNotEqualTo(lab.query(lab.shared("done", "2.2.2"), CATALOGUE));
  }

  @Test
  void running_everything_again_by_force_leaves_the_schema_as_it_is() throws Exception {
    String database = lab.database("done", "2.2.2");
    kong(database, "2.2.2", "migrations", "up", "-f");
    assertThat(lab.query(database, CATALOGUE))
        .isEqualTo(lab.query(lab.shared("done", "2.2.2"), CATALOGUE));
    assertThat(
            lab.query(database, "SELECT executed::text FROM schema_meta WHERE subsystem = 'acme'"))
        .containsExactly("{000_base_acme,000_base_acme}");
  }

  @Test
  void bookkeeping_goes_from_pending_to_executed() throws Exception {
    String row =
        "SELECT concat_ws(' ', last_executed, executed[array_upper(executed, 1)], pending) FROM schema_meta WHERE subsystem = 'core'";
    assertThat(lab.query(lab.shared("pending", "2.2.2"), row))
        .containsExactly("011_212_to_213 011_212_to_213 {012_213_to_220}");
    assertThat(lab.query(lab.shared("finished", "2.2.2"), row))
        .containsExactly("012_213_to_220 012_213_to_220 {}");
    assertThat(
            lab.query(
                lab.shared("finished", "2.2.2"),
                "SELECT pending::text FROM schema_meta WHERE subsystem = 'acme'"))
        .containsExactly((String) null);
    assertThat(lab.query(lab.shared("finished", "2.2.2"), "SELECT key FROM locks")).isEmpty();
  }

  @Test
  void finish_keeps_the_newest_row_of_a_target() throws Exception {
    String database = lab.database("pending", "2.2.2");
    lab.sql(
        database,
        "kong",
        "INSERT INTO upstreams (id, name, slots, ws_id) SELECT '11111111-1111-1111-1111-111111111111', 'u', 10000, id FROM workspaces",
        """
        INSERT INTO targets (id, created_at, upstream_id, target, weight, ws_id)
        SELECT gen_random_uuid(), now() - n * interval '1 minute', '11111111-1111-1111-1111-111111111111', 'a:80', n, id
          FROM workspaces, generate_series(1, 3) n
        """);
    kong(database, "2.2.2", "migrations", "finish");
    assertThat(lab.query(database, "SELECT weight::text FROM targets")).containsExactly("1");
    assertThat(lab.query(database, "SELECT count(*)::text FROM tags WHERE entity_name = 'targets'"))
        .containsExactly("1");
  }

  @Test
  void up_by_force_empties_the_configuration_of_ip_restriction() throws Exception {
    String database = lab.database("done", "2.1.4");
    lab.sql(
        database,
        "kong",
        """
        INSERT INTO plugins (id, name, config, enabled, cache_key, ws_id)
        SELECT gen_random_uuid(), 'ip-restriction', '{"allow": ["127.0.0.1"], "deny": null}', true, 'k:', id FROM workspaces
        """);
    kong(database, "2.1.4", "migrations", "up", "-f");
    assertThat(lab.query(database, "SELECT config ->> 'allow' FROM plugins"))
        .containsExactly((String) null);
  }

  @Test
  void a_prefix_with_a_node_s_settings_overrules_the_given_file() throws Exception {
    String old = lab.database("done", "2.1.4");
    String other = lab.database("done", "2.1.4");
    Path prefix = lab.prefix();
    var env = lab.environment(old, prefix);
    assertThat(KongLab.run("2.1.4", List.of("prepare"), env).exit()).isZero();
    env.remove("KONG_PG_DATABASE");
    Path conf =
        java.nio.file.Files.writeString(dir.resolve("other.conf"), "pg_database = " + other + "\n");
    Path good = Path.of(Objects.requireNonNull(getClass().getResource("files/good.yml")).toURI());
    assertThat(
            KongLab.run(
                    "2.1.4",
                    List.of("config", "db_import", good.toString(), "-c", conf.toString()),
                    env)
                .exit())
        .isZero();
    assertThat(lab.query(old, "SELECT name FROM services")).containsExactly("imp-svc");
    assertThat(lab.query(other, "SELECT name FROM services")).isEmpty();
  }
}
