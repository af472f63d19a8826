package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Kong's tables in Cassandra: the bookkeeping and the lock as the real ones keep them, migrations
/// as CQL resources.
final class CassandraStore implements Store {
  private final Profile profile;
  private final KongSettings settings;
  private final CassandraSession session;
  private final String version;
  private final CassandraEntities entities;

  private CassandraStore(Profile profile, KongSettings settings, CassandraSession session) {
    this.profile = profile;
    this.settings = settings;
    this.session = session;
    this.version =
        session
            .system("SELECT release_version FROM system.local")
            .map(row -> String.valueOf(row.getString(0)))
            .orElse("");
    this.entities = new CassandraEntities(profile, session);
  }

  static CassandraStore connect(Profile profile, KongSettings settings, Duration timeout) {
    CassandraSession session = CassandraSession.connect(settings, timeout);
    try {
      return new CassandraStore(profile, settings, session);
    } catch (StoreException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public String kind() {
    return "cassandra";
  }

  @Override
  public String title() {
    return "Cassandra";
  }

  @Override
  public String noun() {
    return "keyspace";
  }

  @Override
  public String name() {
    return session.keyspace();
  }

  @Override
  public String serverVersion() {
    return version;
  }

  @Override
  public boolean reachable() {
    try {
      return session.system("SELECT key FROM system.local").isPresent();
    } catch (StoreException e) {
      return false;
    }
  }

  @Override
  public void requireSchema() {
    if (session
        .system(
            "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
            session.keyspace())
        .isEmpty()) {
      throw CassandraErrors.noKeyspace(session.host(), session.keyspace());
    }
  }

  @Override
  public SchemaState schemaState() {
    List<Subsystem> known = profile.subsystems(settings.plugins());
    return profile.state(known, schemaRows());
  }

  @Override
  public Optional<List<SchemaRow>> schemaRows() {
    boolean there =
        session
            .system(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = 'schema_meta'",
                session.keyspace())
            .isPresent();
    if (!there) {
      return Optional.empty();
    }
    List<SchemaRow> found = new ArrayList<>();
    for (Row row :
        session.read(
            "SELECT subsystem, last_executed, executed, pending FROM schema_meta WHERE key = 'schema_meta'")) {
      found.add(
          new SchemaRow(
              String.valueOf(row.getString(0)), row.getString(1), names(row, 2), names(row, 3)));
    }
    return Optional.of(List.copyOf(found));
  }

  private static List<String> names(Row row, int column) {
    Set<String> names = row.getSet(column, String.class);
    return names == null ? List.of() : List.copyOf(names);
  }

  @Override
  public Set<String> pluginsInUse() {
    Set<String> names = new TreeSet<>();
    session.read("SELECT name FROM plugins").forEach(row -> names.add(row.getString(0)));
    return names;
  }

  @Override
  public void bootstrap() {
    session.defineKeyspace(
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = %s"
            .formatted(quoted(), replication()));
    statements("bookkeeping").forEach(session::define);
    session.awaitConsensus();
  }

  private String quoted() {
    return '"' + session.keyspace().replace("\"", "\"\"") + '"';
  }

  private String replication() {
    if (settings.get("cassandra_repl_strategy").equals("SimpleStrategy")) {
      return "{'class': 'SimpleStrategy', 'replication_factor': %d}"
          .formatted(settings.number("cassandra_repl_factor"));
    }
    StringBuilder text = new StringBuilder("{'class': 'NetworkTopologyStrategy'");
    for (String center : settings.get("cassandra_data_centers").split(",", -1)) {
      String[] parts = center.strip().split(":", 2);
      text.append(", '").append(parts[0]).append("': ").append(parts[1]);
    }
    return text.append('}').toString();
  }

  @Override
  public void reset() {
    session.defineKeyspace("DROP KEYSPACE IF EXISTS " + quoted());
  }

  @Override
  public Optional<String> resetNote() {
    return Optional.of("dropped '" + session.keyspace() + "' keyspace");
  }

  @Override
  public void up(String subsystem, Migration migration, Duration delay) {
    try {
      Thread.sleep(delay);
      statements(subsystem + "/" + migration.script()).forEach(session::define);
    } catch (StoreException e) {
      throw failed(migration, "up", e.words());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KongException("interrupted", e);
    }
  }

  @Override
  public void teardown(String subsystem, Migration migration) {
    try {
      session.awaitConsensus();
      CassandraTeardowns.run(session, subsystem, migration.name());
    } catch (StoreException e) {
      throw failed(migration, "teardown", e.words());
    }
  }

  @Override
  public void recordExecuted(String subsystem, String migration) {
    session.write(
        "UPDATE schema_meta SET executed = executed + ?, last_executed = ? WHERE key = 'schema_meta' AND subsystem = ?",
        Set.of(migration),
        migration,
        subsystem);
  }

  @Override
  public void recordPending(String subsystem, String migration) {
    session.write(
        "UPDATE schema_meta SET pending = pending + ? WHERE key = 'schema_meta' AND subsystem = ?",
        Set.of(migration),
        subsystem);
  }

  @Override
  public void recordTeardown(String subsystem, String migration) {
    session.write(
        "UPDATE schema_meta SET pending = pending - ?, executed = executed + ?, last_executed = ? WHERE key = 'schema_meta' AND subsystem = ?",
        Set.of(migration),
        Set.of(migration),
        migration,
        subsystem);
  }

  @Override
  public boolean acquireLock(String key, String owner, Duration ttl) {
    try {
      return session
          .run(
              session
                  .statement(
                      "INSERT INTO locks (key, owner) VALUES (?, ?) IF NOT EXISTS USING TTL ?",
                      key,
                      owner,
                      (int) Math.max(1, ttl.toSeconds()))
                  .setConsistencyLevel(DefaultConsistencyLevel.QUORUM))
          .wasApplied();
    } catch (StoreException e) {
      throw new StoreException(
          e.kind(), "[Cassandra error] failed to insert cluster lock: " + e.words(), Map.of(), e);
    }
  }

  @Override
  public boolean lockHeld(String key) {
    return session
            .run(
                session
                    .statement("SELECT owner FROM locks WHERE key = ?", key)
                    .setConsistencyLevel(DefaultConsistencyLevel.SERIAL))
            .one()
        != null;
  }

  @Override
  public void releaseLock(String key, String owner) {
    session.run(
        session
            .statement("DELETE FROM locks WHERE key = ? IF owner = ?", key, owner)
            .setConsistencyLevel(DefaultConsistencyLevel.QUORUM));
  }

  @Override
  public Entities entities() {
    return entities;
  }

  @Override
  public ClusterEvents events() {
    return new CassandraEvents(session);
  }

  @Override
  public Counters counters() {
    return new CassandraCounters(session);
  }

  @Override
  public void close() {
    session.close();
  }

  /// The statements of a resource; none when a migration changes no schema.
  private static List<String> statements(String name) {
    String text = resource("cassandra/" + name + ".cql");
    if (text == null) {
      return List.of();
    }
    String plain = text.replaceAll("(?m)^--.*$", "");
    return List.of(plain.split(";", -1)).stream()
        .map(String::strip)
        .filter(cql -> !cql.isEmpty())
        .toList();
  }

  private static @Nullable String resource(String path) {
    try (InputStream in = CassandraStore.class.getResourceAsStream(path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("Expected to read the resource " + path, e);
    }
  }
}
