package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.UnresolvedSecretException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Our own exclusive right to migrate a keyspace: a row of a lightweight transaction in a keyspace
/// of our own, with a time to live that is renewed while the holder lives. Cassandra has no session
/// whose end would give it back, so a killed holder keeps it for [#LIFE] at most.
///
/// Nothing is written to Kong's keyspaces.
public final class Lease implements MigrationLock {

  /// The keyspace, and its only table.
  public static final String KEYSPACE = "changeover";

  static final String TABLE = KEYSPACE + ".leases";

  /// How long it outlives its holder.
  public static final Duration LIFE = Duration.ofSeconds(60);

  private static final Duration BEAT = Duration.ofSeconds(15);

  /// What clocks and requests may take away from its life.
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private static final ConsistencyLevel WRITE = DefaultConsistencyLevel.QUORUM;

  private final CqlSession session;
  private final String name;
  private final String owner;
  private final Thread beats;
  private volatile long renewed;
  private volatile boolean over;

  private Lease(CqlSession session, String name, String owner, long taken) {
    this.session = session;
    this.name = name;
    this.owner = owner;
    this.renewed = taken;
    this.beats = Thread.ofVirtual().name("lease-" + name).unstarted(this::beat);
  }

  /// Takes it, or says who has it.
  static LockAttempt tryTake(CassandraStore store, Duration answer) {
    CqlSession session = null;
    try {
      session = Keyspaces.open(store, answer);
      prepare(session, store);
      LockAttempt attempt = tryTake(session, store.keyspace());
      session = attempt instanceof LockAttempt.Taken ? null : session;
      return attempt;
    } catch (DriverException | UnresolvedSecretException | IllegalStateException e) {
      return new LockAttempt.Failed(CqlFailures.doubt("taking the lease of " + TABLE, e));
    } finally {
      if (session != null) {
        session.close();
      }
    }
  }

  private static LockAttempt tryTake(CqlSession session, String name) {
    String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    long before = System.nanoTime();
    if (!insert(session, name, owner) && !holder(session, name).equals(Optional.of(owner))) {
      return new LockAttempt.Busy(
          TABLE + " of " + name + ", held by " + holder(session, name).orElse("nobody any more"));
    }
    Lease lease = new Lease(session, name, owner, before);
    lease.beats.start();
    return new LockAttempt.Taken(lease);
  }

  /// A time-out leaves it open whether the row was written: the reading after it tells.
  private static boolean insert(CqlSession session, String name, String owner) {
    try {
      return session
          .execute(
              SimpleStatement.newInstance(
                      "INSERT INTO "
                          + TABLE
                          + " (name, owner) VALUES (?, ?) IF NOT EXISTS USING TTL "
                          + LIFE.toSeconds(),
                      name,
                      owner)
                  .setConsistencyLevel(WRITE))
          .wasApplied();
    } catch (com.datastax.oss.driver.api.core.servererrors.QueryExecutionException unclear) {
      return false;
    }
  }

  private static Optional<String> holder(CqlSession session, String name) {
    Row row =
        session
            .execute(
                SimpleStatement.newInstance("SELECT owner FROM " + TABLE + " WHERE name = ?", name)
                    .setConsistencyLevel(DefaultConsistencyLevel.SERIAL))
            .one();
    return Optional.ofNullable(row).map(found -> found.getString(0));
  }

  /// The keyspace is replicated as the one that is migrated, or as Cassandra's own logins are where
  /// that is not there yet.
  private static void prepare(CqlSession session, CassandraStore store) {
    if (KeyspaceTables.tables(session, KEYSPACE).contains("leases")) {
      return;
    }
    String replication =
        Stream.of(store.keyspace(), "system_auth")
            .flatMap(keyspace -> replication(session, keyspace).stream())
            .findFirst()
            .orElse("{'class': 'SimpleStrategy', 'replication_factor': '1'}");
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS " + KEYSPACE + " WITH replication = " + replication);
    session.execute("CREATE TABLE IF NOT EXISTS " + TABLE + " (name text PRIMARY KEY, owner text)");
    if (!session.checkSchemaAgreement()) {
      throw new IllegalStateException(
          "Expected all nodes to agree on the new table " + TABLE + ", but they do not yet");
    }
  }

  private static Optional<String> replication(CqlSession session, String keyspace) {
    Row row =
        session
            .execute(
                "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace)
            .one();
    Map<String, String> found = row == null ? null : row.getMap(0, String.class, String.class);
    return Optional.ofNullable(found)
        .map(
            map ->
                new TreeMap<>(map)
                    .entrySet().stream()
                        .map(entry -> "'" + entry.getKey() + "': '" + entry.getValue() + "'")
                        .collect(Collectors.joining(", ", "{", "}")));
  }

  private void beat() {
    while (!over) {
      try {
        Thread.sleep(BEAT);
        renew();
      } catch (InterruptedException e) {
        return;
      } catch (DriverException failed) {
        // The next beat tries again; without one in time it is not held any more.
      }
    }
  }

  private void renew() {
    long before = System.nanoTime();
    ResultSet answer =
        session.execute(
            SimpleStatement.newInstance(
                    "UPDATE "
                        + TABLE
                        + " USING TTL "
                        + LIFE.toSeconds()
                        + " SET owner = ? WHERE name = ? IF owner = ?",
                    owner,
                    name,
                    owner)
                .setConsistencyLevel(WRITE));
    if (answer.wasApplied()) {
      renewed = before;
    } else {
      over = true;
    }
  }

  @Override
  public boolean held() {
    Duration age = Duration.ofNanos(System.nanoTime() - renewed);
    if (over || age.compareTo(LIFE.minus(MARGIN)) > 0) {
      return false;
    }
    try {
      return holder(session, name).equals(Optional.of(owner));
    } catch (DriverException unknown) {
      return false;
    }
  }

  /// Gives it back; when that can't be told to the cluster it ends by itself.
  @Override
  public void close() {
    over = true;
    beats.interrupt();
    try (session) {
      session.execute(
          SimpleStatement.newInstance(
                  "DELETE FROM " + TABLE + " WHERE name = ? IF owner = ?", name, owner)
              .setConsistencyLevel(WRITE));
    } catch (DriverException leftToExpire) {
      // See above.
    }
  }
}
