package io.changeover.migrator.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Consistency;
import io.changeover.inventory.Secret;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.cassandra.ServerKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A keyspace of a server that talks TLS alone, read with the JVM's trust.
@Tag("deep")
class TlsIT {

  private static final Duration ANSWER = Duration.ofSeconds(30);

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static ServerKey key;
  private static EmbeddedCassandra cassandra;
  private static SSLContext usual;

  @BeforeAll
  static void start() throws NoSuchAlgorithmException {
    usual = SSLContext.getDefault();
    key = ServerKey.make(shared);
    cassandra = EmbeddedCassandra.startWithTls(shared.resolve("cassandra"), key);
    try (CqlSession session = cassandra.connect()) {
      session.execute(
          "CREATE KEYSPACE kong WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute(
          "CREATE TABLE kong.schema_meta (key text, subsystem text, executed set<text>, pending set<text>, PRIMARY KEY (key, subsystem))");
      session.execute(
          "INSERT INTO kong.schema_meta (key, subsystem, executed) VALUES ('schema_meta', 'core', {'000_base'})");
    }
  }

  @AfterAll
  static void stop() {
    cassandra.close();
  }

  @AfterEach
  void trust_as_before() {
    SSLContext.setDefault(usual);
  }

  private static MetaReading read(int port) {
    CassandraStore store =
        new CassandraStore(
            List.of("127.0.0.1"),
            port,
            "datacenter1",
            "kong",
            EmbeddedCassandra.SUPERUSER,
            Secret.of(EmbeddedCassandra.PASSWORD),
            true,
            Consistency.QUORUM);
    return new KeyspaceStore(store, store).tables(ANSWER);
  }

  private static MetaReading.Unreadable unreadable(MetaReading reading) {
    assertThat(reading).isInstanceOf(MetaReading.Unreadable.class);
    return (MetaReading.Unreadable) reading;
  }

  @Test
  void with_the_servers_certificate_migrations_are_read() {
    SSLContext.setDefault(key.client());

    assertThat(read(cassandra.port()))
        .isInstanceOfSatisfying(
            MetaReading.Rows.class,
            rows -> assertThat(rows.executed().toString()).contains("000_base"));
  }

  @Test
  void a_certificate_that_nobody_trusts_is_said_to_be_one_and_stays_so() {
    SSLContext.setDefault(ServerKey.make(folder).client());

    assertThat(unreadable(read(cassandra.port())).failure())
        .satisfies(
            failure -> {
              assertThat(failure.reason())
                  .contains("reading schema_meta", "certificate", "javax.net.ssl.trustStore")
                  .doesNotContain(key.password());
              assertThat(failure.passing()).isFalse();
            });
  }

  @Test
  void a_server_that_never_answers_a_handshake_is_given_up() throws IOException {
    SSLContext.setDefault(key.client());
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(unreadable(read(silent.getLocalPort())).failure().passing()).isTrue();
    }
  }
}
