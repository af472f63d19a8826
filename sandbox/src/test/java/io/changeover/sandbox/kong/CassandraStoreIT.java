package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
