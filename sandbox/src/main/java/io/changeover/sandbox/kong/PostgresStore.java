package io.changeover.sandbox.kong;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Kong's tables in PostgreSQL: the bookkeeping and the lock as the real ones keep them, migrations
/// as SQL resources.
final class PostgresStore implements Store {
  private final Profile profile;
  private final KongSettings settings;
  private final PostgresSession session;
  private final String schema;
  private final String version;
  private final PostgresEntities entities;

  private PostgresStore(Profile profile, KongSettings settings, PostgresSession session) {
    this.profile = profile;
    this.settings = settings;
    this.session = session;
    this.schema = settings.get("pg_schema");
    this.version = String.valueOf(session.text("SHOW server_version"));
    this.entities = new PostgresEntities(profile, session);
  }

  static PostgresStore connect(Profile profile, KongSettings settings, Duration timeout) {
    PostgresSession session = new PostgresSession(settings, timeout);
    try {
      return new PostgresStore(profile, settings, session);
    } catch (StoreException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public String kind() {
    return "postgres";
  }

  @Override
  public String title() {
    return "PostgreSQL";
  }

  @Override
  public String noun() {
    return "database";
  }

  @Override
  public String name() {
    return settings.get("pg_database");
  }

  @Override
  public String serverVersion() {
    return version;
  }

  @Override
  public boolean reachable() {
    try {
      return session.text("SELECT 1") != null;
    } catch (StoreException e) {
      return false;
    }
  }

  @Override
  public SchemaState schemaState() {
    List<Subsystem> known = profile.subsystems(settings.plugins());
    return profile.state(known, schemaRows());
  }

  @Override
  public Optional<List<SchemaRow>> schemaRows() {
    try {
      return session.attempt(
          c -> {
            try (var statement = c.createStatement();
                ResultSet rows =
                    statement.executeQuery(
                        "SELECT subsystem, last_executed, executed, pending FROM schema_meta WHERE key = 'schema_meta'")) {
              List<SchemaRow> found = new ArrayList<>();
              while (rows.next()) {
                found.add(
                    new SchemaRow(
                        rows.getString(1),
                        rows.getString(2),
                        names(rows.getArray(3)),
                        names(rows.getArray(4))));
              }
              return Optional.of(List.copyOf(found));
            }
          });
    } catch (SQLException e) {
      if (PostgresErrors.isMissingTable(e)) {
        return Optional.empty();
      }
      throw PostgresErrors.running(e);
    }
  }

  private static List<String> names(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  @Override
  public Set<String> pluginsInUse() {
    String names = session.text("SELECT string_agg(DISTINCT name, ',') FROM plugins");
    return names == null ? Set.of() : Set.of(names.split(",", -1));
  }

  @Override
  public void bootstrap() {
    try {
      if (!schema.isEmpty()) {
        session.script("CREATE SCHEMA IF NOT EXISTS \"" + schema.replace("\"", "\"\"") + "\"");
      }
      session.script(resource("bookkeeping"));
    } catch (StoreException e) {
      throw new StoreException(
          e.kind(), "[PostgreSQL error] failed to bootstrap database: " + e.words(), Map.of(), e);
    }
  }

  @Override
  public void reset() {
    session.script(
        """
        DO $reset$
        DECLARE
          home text := current_schema();
          owner text := (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = current_schema());
        BEGIN
          EXECUTE format('DROP SCHEMA %I CASCADE', home);
          EXECUTE format('CREATE SCHEMA %I', home);
          EXECUTE format('GRANT ALL ON SCHEMA %I TO %I', home, current_user);
        END
        $reset$;
        """);
  }

  @Override
  public void up(String subsystem, Migration migration, Duration delay) {
    try {
      session.inTransaction(
          c -> {
            try (var statement = c.createStatement()) {
              if (!delay.isZero()) {
                statement.execute("SELECT pg_sleep(" + delay.toMillis() / 1000.0 + ")");
              }
              return statement.execute(statements(subsystem, migration, ""));
            }
          });
    } catch (SQLException e) {
      throw failed(migration, "up", PostgresErrors.words(e));
    }
  }

  @Override
  public void teardown(String subsystem, Migration migration) {
    try {
      session.script(statements(subsystem, migration, ".teardown"));
    } catch (StoreException e) {
      throw failed(migration, "teardown", e.words());
    }
  }

  @Override
  public void recordExecuted(String subsystem, String migration) {
    record(
        """
        INSERT INTO schema_meta (key, subsystem, last_executed, executed) VALUES ('schema_meta', ?, ?, ARRAY[?])
        ON CONFLICT (key, subsystem) DO UPDATE SET
          last_executed = EXCLUDED.last_executed,
          executed = COALESCE(schema_meta.executed, '{}') || EXCLUDED.executed
        """,
        subsystem,
        migration,
        migration);
  }

  @Override
  public void recordPending(String subsystem, String migration) {
    record(
        """
        INSERT INTO schema_meta (key, subsystem, pending) VALUES ('schema_meta', ?, ARRAY[?])
        ON CONFLICT (key, subsystem) DO UPDATE SET
          pending = COALESCE(schema_meta.pending, '{}') || EXCLUDED.pending
        """,
        subsystem,
        migration);
  }

  @Override
  public void recordTeardown(String subsystem, String migration) {
    record(
        """
        INSERT INTO schema_meta (key, subsystem, last_executed, executed) VALUES ('schema_meta', ?, ?, ARRAY[?])
        ON CONFLICT (key, subsystem) DO UPDATE SET
          last_executed = EXCLUDED.last_executed,
          executed = COALESCE(schema_meta.executed, '{}') || EXCLUDED.executed,
          pending = array_remove(COALESCE(schema_meta.pending, '{}'), EXCLUDED.last_executed)
        """,
        subsystem,
        migration,
        migration);
  }

  private void record(String sql, String... parameters) {
    session.change(sql.replace("ARRAY[?]", "ARRAY[?::text]"), parameters);
  }

  @Override
  public boolean acquireLock(String key, String owner, Duration ttl) {
    try {
      return session.inTransaction(
          c -> {
            try (var expired = c.createStatement();
                var insert =
                    c.prepareStatement(
                        "INSERT INTO locks (key, owner, ttl) VALUES (?, ?, CURRENT_TIMESTAMP + ?::interval) ON CONFLICT DO NOTHING")) {
              expired.executeUpdate("DELETE FROM locks WHERE ttl < CURRENT_TIMESTAMP");
              insert.setString(1, key);
              insert.setString(2, owner);
              insert.setString(3, ttl.toMillis() + " milliseconds");
              return insert.executeUpdate() == 1;
            }
          });
    } catch (SQLException e) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          "[PostgreSQL error] failed to insert cluster lock: " + PostgresErrors.words(e),
          Map.of(),
          e);
    }
  }

  @Override
  public boolean lockHeld(String key) {
    return session.text("SELECT owner FROM locks WHERE key = ? AND ttl >= CURRENT_TIMESTAMP", key)
        != null;
  }

  @Override
  public void releaseLock(String key, String owner) {
    session.change("DELETE FROM locks WHERE key = ? AND owner = ?", key, owner);
  }

  @Override
  public Entities entities() {
    return entities;
  }

  @Override
  public ClusterEvents events() {
    return new PostgresEvents(session);
  }

  @Override
  public DataPlaneRows dataPlanes() {
    return new PostgresDataPlanes(session);
  }

  @Override
  public Counters counters() {
    return new PostgresCounters(session);
  }

  @Override
  public void close() {
    session.close();
  }

  private static String statements(String subsystem, Migration migration, String half) {
    return migration.script().isEmpty()
        ? "SELECT 1"
        : resource(subsystem + "/" + migration.script() + half);
  }

  private static String resource(String name) {
    String path = "postgres/" + name + ".sql";
    try (InputStream in = PostgresStore.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "Expected the resource " + path + " on the class path, but it is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("Expected to read the resource " + path, e);
    }
  }
}
