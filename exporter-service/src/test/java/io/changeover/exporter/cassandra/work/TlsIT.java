package io.changeover.exporter.cassandra.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.exporter.CompareMain;
import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.cassandra.ServerKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two keyspaces of a server that talks TLS alone, compared by a process of its own: its trust
/// store is its JVM's.
@Tag("deep")
class TlsIT {

  /// Far behind every deadline of a connection.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static ServerKey key;
  private static EmbeddedCassandra cassandra;

  @BeforeAll
  static void start() {
    key = ServerKey.make(shared);
    cassandra = EmbeddedCassandra.startWithTls(shared.resolve("cassandra"), key);
    UUID workspace = UUID.randomUUID();
    try (CqlSession session = cassandra.connect()) {
      for (String keyspace : List.of("blue", "green")) {
        session.execute(
            "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
                .formatted(keyspace));
        session.execute(
            "CREATE TABLE %s.schema_meta (key text, subsystem text, executed set<text>, pending set<text>, PRIMARY KEY (key, subsystem))"
                .formatted(keyspace));
        session.execute(
            "CREATE TABLE %s.workspaces (id uuid PRIMARY KEY, name text)".formatted(keyspace));
        session.execute(
            "INSERT INTO %s.schema_meta (key, subsystem, executed) VALUES ('schema_meta', 'core', {'000_base'})"
                .formatted(keyspace));
        session.execute(
            "INSERT INTO %s.workspaces (id, name) VALUES (%s, 'default')"
                .formatted(keyspace, workspace));
      }
    }
  }

  @AfterAll
  static void stop() {
    cassandra.close();
  }

  private record Said(int exit, String words) {}

  private Said compare(int port, boolean tls, ServerKey trusted)
      throws IOException, InterruptedException {
    Path log = folder.resolve("compare.log");
    Process process =
        new ProcessBuilder(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                    .toString(),
                "-Djavax.net.ssl.trustStore=" + trusted.truststore(),
                "-Djavax.net.ssl.trustStorePassword=" + trusted.password(),
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                CompareMain.class.getName(),
                "one",
                "--inventory",
                inventory(port, tls).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .describedAs("it ends by itself")
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Said(process.exitValue(), Files.readString(log));
  }

  private Path inventory(int port, boolean tls) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), EmbeddedCassandra.PASSWORD);
    return KeyspaceInventory.describe(
        folder,
        """
        contactPoints: [127.0.0.1]
        port: %d
        localDatacenter: datacenter1
        keyspace: blue
        user: %s
        password: "${file:%s}"
        tls: %s
        green: {keyspace: green}
        copy: {folder: "%s"}
        """
            .formatted(port, EmbeddedCassandra.SUPERUSER, password, tls, folder.resolve("copy")));
  }

  @Test
  void with_the_servers_certificate_in_the_jvms_trust_store_both_sides_are_read() throws Exception {
    Said said = compare(cassandra.port(), true, key);

    assertThat(said.words()).contains("one: 1 rows of", "coverage 1", "\nequal\n");
    assertThat(said.exit()).isZero();
  }

  @Test
  void a_certificate_that_nobody_trusts_is_said_to_be_one_and_no_secret_is() throws Exception {
    Said said = compare(cassandra.port(), true, ServerKey.make(folder));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.words())
        .contains("certificate", "javax.net.ssl.trustStore")
        .doesNotContain(key.password());
  }

  @Test
  void without_tls_in_the_inventory_the_server_is_not_waited_for_without_end() throws Exception {
    Said said = compare(cassandra.port(), false, key);

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.words()).contains("one: Cassandra said:", "`tls`");
  }

  @Test
  void a_server_that_never_answers_a_handshake_is_given_up() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Said said = compare(silent.getLocalPort(), true, key);

      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.words()).contains("one: Cassandra said:");
    }
  }
}
