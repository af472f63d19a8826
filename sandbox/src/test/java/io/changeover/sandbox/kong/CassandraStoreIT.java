package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CassandraStoreIT {
  @TempDir static Path dir;
  private static CassandraLab lab;

  @BeforeAll
  static void open() {
    lab = CassandraLab.open(dir);
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  private static List<String> catalogue(String keyspace) {
    return lab
        .session()
        .execute(
            "SELECT table_name, column_name, type, kind, position, clustering_order FROM system_schema.columns WHERE keyspace_name = ?",
            keyspace)
        .all()
        .stream()
        .map(row -> row.getFormattedContents().toString())
        .sorted()
        .toList();
  }

  private static List<String> tables(String keyspace) {
    return lab.query(
        "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '" + keyspace + "'");
  }

  @Test
  void an_upgraded_schema_is_that_of_a_fresh_2_2_2() {
    String upgraded = lab.keyspace();
    lab.kong("2.1.4", upgraded, "migrations", "bootstrap");
    assertThat(tables(upgraded)).hasSize(26).doesNotContain("clustering_data_planes");
    lab.kong("2.2.2", upgraded, "migrations", "up");
    lab.kong("2.2.2", upgraded, "migrations", "finish");
    assertThat(catalogue(upgraded)).isEqualTo(catalogue(lab.bootstrapped("2.2.2")));
  }

  @Test
  void a_bootstrapped_2_1_4_has_the_columns_and_indexes_of_the_real_one() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("columns-cassandra-2.1.4.txt"))) {
      List<String> expected =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      assertThat(described(lab.bootstrapped("2.1.4"))).containsExactlyElementsOf(expected);
    }
  }

  /// `table: columns | indexed columns | seconds to live`.
  private static List<String> described(String keyspace) {
    KeyspaceMetadata metadata = lab.session().refreshSchema().getKeyspace(keyspace).orElseThrow();
    return metadata.getTables().values().stream()
        .sorted(Comparator.comparing(table -> table.getName().asInternal()))
        .map(CassandraStoreIT::described)
        .toList();
  }

  private static String described(TableMetadata table) {
    List<ColumnMetadata> key = table.getPrimaryKey();
    Stream<ColumnMetadata> others =
        table.getColumns().values().stream()
            .filter(column -> !key.contains(column))
            .sorted(Comparator.comparing(column -> column.getName().asInternal()));
    return "%s: %s | %s | %s"
        .formatted(
            table.getName().asInternal(),
            Stream.concat(key.stream(), others)
                .map(c -> c.getName().asInternal() + " " + c.getType().asCql(true, true))
                .collect(Collectors.joining(", ")),
            table.getIndexes().values().stream()
                .map(index -> index.getTarget().replace("\"", ""))
                .sorted()
                .collect(Collectors.joining(" ")),
            table.getOptions().get(CqlIdentifier.fromCql("default_time_to_live")));
  }

  @Test
  void finish_leaves_the_newest_row_of_a_target() {
    String keyspace = lab.keyspace();
    lab.kong("2.1.4", keyspace, "migrations", "bootstrap");
    lab.kong("2.2.2", keyspace, "migrations", "up");
    for (int nth = 1; nth <= 3; nth++) {
      lab.session()
          .execute(
              "INSERT INTO %s.targets (id, upstream_id, target, weight, created_at) VALUES (uuid(), 00000000-0000-0000-0000-000000000001, '10.0.0.1:80', %d, %d)"
                  .formatted(keyspace, nth, 1000 * nth));
    }
    lab.kong("2.2.2", keyspace, "migrations", "finish");
    assertThat(lab.query("SELECT weight FROM " + keyspace + ".targets")).containsExactly("3");
  }

  @Test
  void finish_of_2_1_takes_rows_out_of_reach_of_older_nodes() {
    String keyspace = lab.keyspace();
    lab.kong("1.5.0.7", keyspace, "migrations", "bootstrap");
    try (Store old = store("1.5.0.7", keyspace);
        Store fresh = store("2.1.4.0", keyspace)) {
      insert(old, "services", Map.of("name", "svc", "host", "h"));
      Object consumer = insert(old, "consumers", Map.of("username", "alice")).get("id");
      insert(
          old,
          "keyauth_credentials",
          Map.of("key", "secret", "consumer", Map.of("id", String.valueOf(consumer))));
      insert(
          old,
          "plugins",
          Map.of("name", "acl", "config", Map.of("whitelist", List.of("a")), "enabled", true));
      lab.kong("2.1.4.0", keyspace, "migrations", "up");
      assertThat(found(old)).isEqualTo(new Found(true, true, 0, 0));
      assertThat(fresh.entities().unfindable("keyauth_credentials")).hasSize(1);
      assertThat(fresh.entities().unfindable("plugins")).hasSize(1);
      assertThatThrownBy(() -> found(fresh))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("unable to find a default workspace");

      lab.kong("2.1.4.0", keyspace, "migrations", "finish");
      assertThat(found(old)).isEqualTo(new Found(false, false, 0, 1));
      assertThat(found(fresh)).isEqualTo(new Found(true, true, 0, 0));
      assertThat(fresh.entities().all("plugins").getFirst().get("config"))
          .isEqualTo(Json.read("{\"allow\":[\"a\"],\"deny\":null,\"hide_groups_header\":false}"));
      String home = fresh.entities().defaultWorkspace();
      assertThat(lab.query("SELECT ws_id FROM " + keyspace + ".services")).containsExactly(home);
      assertThat(lab.query("SELECT name FROM " + keyspace + ".services"))
          .containsExactly(home + ":svc");
    }
  }

  /// What a node finds by name and by key, and what is there and out of its reach.
  private record Found(boolean service, boolean key, int keysLost, int pluginsLost) {}

  private static Found found(Store store) {
    Entities entities = store.entities();
    return new Found(
        entities.findBy("services", "name", "svc") != null,
        entities.findBy("keyauth_credentials", "key", "secret") != null,
        entities.unfindable("keyauth_credentials").size(),
        entities.unfindable("plugins").size());
  }

  private static Store store(String version, String keyspace) {
    Profile profile = Profile.of(version);
    KongSettings settings =
        KongSettings.resolve(profile, null, lab.environment(keyspace, lab.prefix()), Map.of());
    return Store.open(profile, settings, Duration.ofSeconds(60));
  }

  private static Map<String, @Nullable Object> insert(
      Store store, String entity, Map<String, @Nullable Object> given) {
    EntitySchema schema = Profile.of("1.5.0.7").entity(entity);
    return store.entities().insert(entity, schema.complete(given, Instant.now()));
  }

  @Test
  void a_host_without_an_address_is_named() {
    Map<String, String> env = new HashMap<>(lab.environment("any", lab.prefix()));
    env.put("KONG_CASSANDRA_CONTACT_POINTS", "no.such.host.invalid");
    KongLab.Said said = KongLab.run("2.2.2", List.of("migrations", "list"), env);
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err())
        .contains(
            "Error: could not resolve any of the provided Cassandra contact points (cassandra_contact_points = 'no.such.host.invalid')");
  }

  @Test
  void a_password_is_asked_for(@TempDir Path guarded) {
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.startWithPasswords(guarded)) {
      Map<String, String> env = new HashMap<>(lab.environment("any", lab.prefix()));
      env.put("KONG_CASSANDRA_PORT", Integer.toString(cassandra.port()));
      env.put("KONG_CASSANDRA_USERNAME", EmbeddedCassandra.SUPERUSER);
      env.put("KONG_CASSANDRA_PASSWORD", EmbeddedCassandra.PASSWORD);
      assertThat(KongLab.run("2.2.2", List.of("migrations", "list"), env).exit()).isEqualTo(3);
      env.put("KONG_CASSANDRA_PASSWORD", "wrong");
      KongLab.Said said = KongLab.run("2.2.2", List.of("migrations", "list"), env);
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err()).contains("[Cassandra error]").doesNotContain("wrong");
    }
  }
}
