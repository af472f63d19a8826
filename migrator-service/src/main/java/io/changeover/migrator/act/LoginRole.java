package io.changeover.migrator.act;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

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

  /// Takes LOGIN away. Sessions that it has go on, see [#endSessions].
  public void deny() throws SQLException {
    alter("NOLOGIN");
  }

  /// Ends what sessions it has left, where the server lets us: who may change a role's login may
  /// not always end its sessions.
  ///
  /// @return sessions that were there; 0 when none is left
  public int endSessions() throws SQLException {
    List<Integer> sessions = sessions();
    for (int session : sessions) {
      end(session);
    }
    return sessions.size();
  }

  private List<Integer> sessions() throws SQLException {
    List<Integer> sessions = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pid FROM pg_stat_activity WHERE usename = ?")) {
      statement.setString(1, role);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sessions.add(rows.getInt(1));
        }
      }
    }
    return sessions;
  }

  private void end(int session) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
      statement.setInt(1, session);
      statement.execute();
    } catch (SQLException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
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
