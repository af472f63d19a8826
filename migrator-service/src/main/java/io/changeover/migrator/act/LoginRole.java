package io.changeover.migrator.act;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// The database role of one version's own. Without LOGIN no old node can start, whoever tries: Kong
/// itself would let it.
public final class LoginRole implements AutoCloseable {

  /// What `pg_roles` says of it.
  public enum Login {
    ALLOWED,
    DENIED,
    /// No such role.
    ABSENT
  }

  private final Connection connection;
  private final String role;

  private LoginRole(Connection connection, String role) {
    this.connection = connection;
    this.role = role;
  }

  public static LoginRole open(
      PostgresDatastore datastore, Fence fence, String role, Duration answer) throws SQLException {
    return new LoginRole(Database.openForFence(datastore, fence, answer), role);
  }

  public Login observed() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT rolcanlogin FROM pg_roles WHERE rolname = ?")) {
      statement.setString(1, role);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Login.ABSENT;
        }
        return row.getBoolean(1) ? Login.ALLOWED : Login.DENIED;
      }
    }
  }

  /// Takes LOGIN away and ends what sessions it has left.
  ///
  /// @return sessions that were ended
  public int deny() throws SQLException {
    alter("NOLOGIN");
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE usename = ? AND pid <> pg_backend_pid()")) {
      statement.setString(1, role);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  /// Gives LOGIN back.
  public void allow() throws SQLException {
    alter("LOGIN");
  }

  private void alter(String attribute) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE " + Database.quoted(role) + " " + attribute);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
