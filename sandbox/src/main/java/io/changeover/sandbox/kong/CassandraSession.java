package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.internal.core.loadbalancing.DcInferringLoadBalancingPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A session of the settings' user on the settings' contact points. Statements name tables without
/// a keyspace and mean the settings' one, which need not be there yet.
final class CassandraSession implements AutoCloseable {
  private static final int DDL_PATIENCE = 4;

  private static final Duration CONSENSUS_STEP = Duration.ofMillis(100);

  private final CqlSession session;
  private final String keyspace;
  private final String host;
  private final ConsistencyLevel reading;
  private final ConsistencyLevel writing;
  private final Duration timeout;
  private boolean agreed = true;

  private CassandraSession(
      CqlSession session, KongSettings settings, String host, Duration timeout) {
    this.session = session;
    this.keyspace = settings.get("cassandra_keyspace");
    this.host = host;
    this.reading = level(settings.get("cassandra_read_consistency"));
    this.writing = level(settings.get("cassandra_write_consistency"));
    this.timeout = timeout;
  }

  private static ConsistencyLevel level(String name) {
    return DefaultConsistencyLevel.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// @throws StoreException when no contact point answers
  /// @throws KongException when none has an address
  static CassandraSession connect(KongSettings settings, Duration timeout) {
    List<InetSocketAddress> points = points(settings);
    String host = points.getLast().getAddress().getHostAddress();
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(points)
            // As Kong's migrations, which talk to one coordinator: another node may not have heard
            // yet of what was just changed.
            .withNodeDistanceEvaluator(
                (node, _) ->
                    points.contains(node.getEndPoint().resolve()) ? null : NodeDistance.IGNORED)
            .withConfigLoader(configuration(timeout));
    if (!settings.get("cassandra_username").isEmpty()
        && !settings.get("cassandra_password").isEmpty()) {
      builder.withAuthCredentials(
          settings.get("cassandra_username"), settings.get("cassandra_password"));
    }
    try {
      return new CassandraSession(builder.build(), settings, host, timeout);
    } catch (DriverException e) {
      throw CassandraErrors.connecting(host, e);
    }
  }

  private static List<InetSocketAddress> points(KongSettings settings) {
    String all = settings.get("cassandra_contact_points");
    List<InetSocketAddress> found = new ArrayList<>();
    for (String name : all.split(",", -1)) {
      try {
        found.add(
            new InetSocketAddress(
                InetAddress.getByName(name.strip()), settings.number("cassandra_port")));
      } catch (UnknownHostException e) {
        // As Kong: what has no address is passed over.
      }
    }
    if (found.isEmpty()) {
      throw new KongException(
          "could not resolve any of the provided Cassandra contact points (cassandra_contact_points = '"
              + all
              + "')");
    }
    return found;
  }

  /// Made for short commands: nothing is read about schema and ring that no statement needs.
  private static DriverConfigLoader configuration(Duration timeout) {
    return DriverConfigLoader.programmaticBuilder()
        .withString(
            DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS,
            DcInferringLoadBalancingPolicy.class.getName())
        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
        .withBoolean(DefaultDriverOption.METADATA_TOKEN_MAP_ENABLED, false)
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, timeout)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, timeout)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, timeout)
        .withDuration(
            DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_INTERVAL, Duration.ofMillis(20))
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, timeout)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout)
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 2048)
        .build();
  }

  String keyspace() {
    return keyspace;
  }

  /// The contact point as it stands in messages.
  String host() {
    return host;
  }

  /// Reads.
  ResultSet read(String cql, @Nullable Object... values) {
    return run(statement(cql, values).setConsistencyLevel(reading));
  }

  /// The first row, if there is one.
  Optional<Row> first(String cql, @Nullable Object... values) {
    return Optional.ofNullable(read(cql, values).one());
  }

  /// The first row of a read of Cassandra's own tables, which stand outside the settings' keyspace.
  Optional<Row> system(String cql, @Nullable Object... values) {
    return Optional.ofNullable(run(SimpleStatement.newInstance(cql, values)).one());
  }

  /// Writes.
  void write(String cql, @Nullable Object... values) {
    run(statement(cql, values).setConsistencyLevel(writing));
  }

  /// A statement for [#batch], [#send] and [#run].
  SimpleStatement statement(String cql, @Nullable Object... values) {
    SimpleStatement statement = SimpleStatement.newInstance(cql, values);
    if (namesKeyspaces()) {
      return statement.setKeyspace(quoted(keyspace));
    }
    use();
    return statement;
  }

  /// Whether each request can name its keyspace: before Cassandra 4.0 only a connection can.
  private boolean namesKeyspaces() {
    return session.getContext().getProtocolVersion().getCode()
        >= DefaultProtocolVersion.V5.getCode();
  }

  private void use() {
    if (session.getKeyspace().isEmpty()) {
      run(SimpleStatement.newInstance("USE " + quoted(keyspace).asCql(false)));
    }
  }

  private static CqlIdentifier quoted(String name) {
    return CqlIdentifier.fromInternal(name);
  }

  /// Writes all or, in the end, nothing.
  void batch(List<SimpleStatement> statements) {
    run(batched(statements));
  }

  /// Like [#batch], without waiting.
  CompletionStage<?> send(List<SimpleStatement> statements) {
    return session.executeAsync(batched(statements));
  }

  /// One statement needs no log to be all or nothing, and is half the work without one.
  private Statement<?> batched(List<SimpleStatement> statements) {
    if (statements.size() == 1) {
      return statements.getFirst().setConsistencyLevel(writing);
    }
    BatchStatement batch =
        BatchStatement.newInstance(
                DefaultBatchType.LOGGED, new ArrayList<BatchableStatement<?>>(statements))
            .setConsistencyLevel(writing);
    return namesKeyspaces() ? batch.setKeyspace(quoted(keyspace)) : batch;
  }

  /// Changes the schema.
  void define(String cql) {
    run(statement(cql).setTimeout(timeout.multipliedBy(DDL_PATIENCE)));
    agreed = false;
  }

  /// Like [#define], for what is said of no keyspace.
  void defineKeyspace(String cql) {
    run(SimpleStatement.newInstance(cql).setTimeout(timeout.multipliedBy(DDL_PATIENCE)));
  }

  /// Waits as Kong does: until every row of `system.peers` has the schema of the node that is
  /// asked, those of nodes that are down included.
  ///
  /// @throws KongException when they do not in time
  void awaitConsensus() {
    Instant deadline = Instant.now().plus(timeout);
    agreed = agreed || agree();
    while (!agreed) {
      if (Instant.now().isAfter(deadline)) {
        throw new KongException("failed to wait for schema consensus: timeout");
      }
      pause();
      agreed = agree();
    }
  }

  private boolean agree() {
    ResultSet own = run(SimpleStatement.newInstance("SELECT schema_version FROM system.local"));
    ResultSet peers =
        run(
            SimpleStatement.newInstance("SELECT schema_version FROM system.peers")
                .setNode(own.getExecutionInfo().getCoordinator()));
    List<UUID> versions = own.all().stream().map(row -> row.getUuid(0)).toList();
    return peers.all().stream().allMatch(row -> versions.contains(row.getUuid(0)));
  }

  private void pause() {
    try {
      Thread.sleep(CONSENSUS_STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KongException("interrupted", e);
    }
  }

  /// Runs a statement that is ready.
  ResultSet run(Statement<?> statement) {
    try {
      return session.execute(statement);
    } catch (DriverException e) {
      throw CassandraErrors.running(e);
    }
  }

  /// Waits for what [#send] started.
  static void await(CompletionStage<?> sent) {
    try {
      sent.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw CassandraErrors.running(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
