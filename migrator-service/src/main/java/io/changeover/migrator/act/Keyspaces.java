package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import io.changeover.inventory.CassandraStore;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// Opens sessions to a Cassandra cluster. Every one has a limit for connecting and for each answer;
/// none is kept, since this service asks seldom. The driver reads no schema of its own accord: that
/// would take longer than most questions.
public final class Keyspaces {

  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofMillis(20);

  private Keyspaces() {}

  /// As the store's user.
  ///
  /// @param answer longest time for one answer
  /// @throws com.datastax.oss.driver.api.core.DriverException as the driver gives it; its message
  ///   holds no password
  /// @throws io.changeover.inventory.UnresolvedSecretException when the password's reference leads
  ///   nowhere
  public static CqlSession open(CassandraStore store, Duration answer) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(
                store.contactPoints().stream()
                    .map(host -> new InetSocketAddress(host, store.port()))
                    .toList())
            .withLocalDatacenter(store.localDatacenter())
            .withConfigLoader(config(store, answer));
    if (!store.user().isEmpty()) {
      builder = builder.withAuthCredentials(store.user(), store.password().resolve());
    }
    if (store.tls()) {
      builder = builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(trust(), null, true));
    }
    return builder.build();
  }

  private static SSLContext trust() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Expected the JVM's trust store (javax.net.ssl.*), but it can't be read", e);
    }
  }

  private static DriverConfigLoader config(CassandraStore store, Duration answer) {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.SESSION_NAME, "changeover-migrator")
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, level(store).name())
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, answer)
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECTING)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECTING)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECTING)
        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
        .withBoolean(DefaultDriverOption.METADATA_TOKEN_MAP_ENABLED, false)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, SOON)
        .withInt(DefaultDriverOption.SESSION_LEAK_THRESHOLD, 0)
        .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .build();
  }

  /// The store's consistency in the driver's terms.
  public static ConsistencyLevel level(CassandraStore store) {
    return DefaultConsistencyLevel.valueOf(store.consistency().name());
  }

  /// A question about one keyspace; `%s` in the text is the keyspace.
  static SimpleStatement on(String keyspace, String cql, Object... values) {
    return SimpleStatement.newInstance(cql.formatted(quoted(keyspace)), values);
  }

  /// A CQL identifier.
  public static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
