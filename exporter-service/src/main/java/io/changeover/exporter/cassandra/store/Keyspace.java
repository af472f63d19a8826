package io.changeover.exporter.cassandra.store;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import io.changeover.exporter.cassandra.catalog.CatalogReader;
import io.changeover.exporter.cassandra.catalog.KeyspaceCatalog;
import io.changeover.exporter.cassandra.catalog.Names;
import io.changeover.inventory.CassandraStore;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A connection to one keyspace.
public final class Keyspace implements AutoCloseable {

  private static final int TRACE_ATTEMPTS = 50;
  private static final Duration TRACE_INTERVAL = Duration.ofMillis(100);

  /// The retries of [PatientReads] included.
  private static final Duration REQUEST = Duration.ofSeconds(50);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration DEBOUNCE = Duration.ofMillis(20);
  private static final Duration RECONNECT_FIRST = Duration.ofMillis(200);
  private static final Duration RECONNECT_LAST = Duration.ofSeconds(5);

  private final CqlSession session;
  private final String name;

  private Keyspace(CqlSession session, String name) {
    this.session = session;
    this.name = name;
  }

  /// Connects. Whether the keyspace exists is only seen by [#catalog()].
  ///
  /// @throws com.datastax.oss.driver.api.core.AllNodesFailedException when no contact point
  ///   answers, or none accepts user and password
  /// @throws io.changeover.inventory.UnresolvedSecretException when the password's reference leads
  ///   nowhere
  public static Keyspace open(CassandraStore store) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(
                store.contactPoints().stream()
                    .map(host -> new InetSocketAddress(host, store.port()))
                    .toList())
            .withLocalDatacenter(store.localDatacenter())
            .withConfigLoader(config(store));
    if (!store.user().isEmpty()) {
      builder = builder.withAuthCredentials(store.user(), store.password().resolve());
    }
    if (store.tls()) {
      builder = builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(trust(), null, true));
    }
    return new Keyspace(builder.build(), store.keyspace());
  }

  private static SSLContext trust() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Expected the JVM's trust store (javax.net.ssl.*), but it can't be read: "
              + e.getMessage(),
          e);
    }
  }

  private static DriverConfigLoader config(CassandraStore store) {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.SESSION_NAME, "changeover-exporter")
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST)
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
        .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, PatientReads.class)
        .withString(
            DefaultDriverOption.REQUEST_CONSISTENCY,
            DefaultConsistencyLevel.valueOf(store.consistency().name()).name())
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECT)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECT)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECT)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, REQUEST)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, DEBOUNCE)
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(store.keyspace()))
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_FIRST)
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_LAST)
        .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
        // A trace is written after the answer, and late where the server is busy.
        .withInt(DefaultDriverOption.REQUEST_TRACE_ATTEMPTS, TRACE_ATTEMPTS)
        .withDuration(DefaultDriverOption.REQUEST_TRACE_INTERVAL, TRACE_INTERVAL)
        // Each phase opens both sides, and several may run.
        .withInt(DefaultDriverOption.SESSION_LEAK_THRESHOLD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .build();
  }

  /// The driver's session; it has no keyspace of its own.
  public CqlSession session() {
    return session;
  }

  /// As Cassandra stores it.
  public String name() {
    return name;
  }

  /// A table's name as CQL takes it, with the keyspace's.
  public String qualified(String table) {
    return Names.quoted(name) + "." + Names.quoted(table);
  }

  /// What it holds.
  ///
  /// @throws io.changeover.exporter.cassandra.catalog.MissingKeyspaceException when there is none
  public KeyspaceCatalog catalog() {
    return new CatalogReader(session).read(name);
  }

  /// Whether all nodes have the same schema, after waiting for it up to the driver's 10 s.
  public boolean agreesOnSchema() {
    return session.checkSchemaAgreement();
  }

  /// What the node that answers knows of the others. Both answers are one node's: each node's
  /// `system.peers` has all but itself.
  public PeerSchemas peerSchemas() {
    ResultSet local = session.execute("SELECT schema_version FROM system.local");
    @Nullable Node asked = local.getExecutionInfo().getCoordinator();
    @Nullable UUID own = null;
    for (Row row : local) {
      own = row.getUuid(0);
    }
    Set<String> differing = new HashSet<>();
    Set<String> unknown = new HashSet<>();
    for (Row row :
        session.execute(
            SimpleStatement.newInstance("SELECT peer, schema_version FROM system.peers")
                .setNode(asked))) {
      UUID version = row.getUuid(1);
      String peer = String.valueOf(row.getInetAddress(0)).replaceFirst("^.*/", "");
      if (version == null) {
        unknown.add(peer);
      } else if (!version.equals(own)) {
        differing.add(peer);
      }
    }
    return new PeerSchemas(differing, unknown);
  }

  /// The consistency of every request.
  public ConsistencyLevel consistency() {
    return DefaultConsistencyLevel.valueOf(
        session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .getString(DefaultDriverOption.REQUEST_CONSISTENCY));
  }

  @Override
  public void close() {
    session.forceCloseAsync();
  }
}
