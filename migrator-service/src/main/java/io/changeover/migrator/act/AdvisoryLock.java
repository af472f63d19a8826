package io.changeover.migrator.act;

import io.changeover.inventory.PostgresDatastore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/// Our own exclusive right to migrate a database: a session-level advisory lock on a connection of
/// its own. Kong's lock expires while its holder still works; this one lives as long as the
/// connection, and no longer than this process.
public final class AdvisoryLock implements MigrationLock {

  /// First key of the lock, "KONG" in ASCII; the second is a hash of the schema's name.
  public static final int SPACE = 0x4b4f4e47;

  private final Connection connection;
  private final int key;

  private AdvisoryLock(Connection connection, int key) {
    this.connection = connection;
    this.key = key;
  }

  /// Takes it, or says at once that somebody else has it.
  ///
  /// @return empty when another session holds it
  public static Optional<AdvisoryLock> tryTake(PostgresDatastore datastore, Duration answer)
      throws SQLException {
    Connection connection = Database.open(datastore, answer);
    boolean taken = false;
    try {
      AdvisoryLock lock = new AdvisoryLock(connection, datastore.schema().hashCode());
      lock.neverIdleOut();
      taken = lock.ask("SELECT pg_try_advisory_lock(?, ?)");
      return taken ? Optional.of(lock) : Optional.empty();
    } finally {
      if (!taken) {
        connection.close();
      }
    }
  }

  /// Whether this very session still holds it. False as well when a pooler in between gives us
  /// another session.
  @Override
  public boolean held() {
    try {
      return ask(
          """
          SELECT count(*) > 0 FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = CAST(? AS bigint)::oid AND objid = (CAST(? AS bigint) & 4294967295)::oid AND objsubid = 2
          """);
    } catch (SQLException lost) {
      return false;
    }
  }

  private boolean ask(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, SPACE);
      statement.setInt(2, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /// A server that ends idle sessions would end the lock with ours. Unknown before PostgreSQL 14,
  /// where there is no such limit either.
  private void neverIdleOut() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'");
    }
  }

  /// Gives it back. The end of the session does that by itself.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends the session, and the lock with it, when it notices.
    }
  }
}
