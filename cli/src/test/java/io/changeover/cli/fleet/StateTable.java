package io.changeover.cli.fleet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The planner's table of states, as somebody with access to its database sees and spoils it.
final class StateTable implements AutoCloseable {
  private final Connection connection;
  private long mostAdvancing;
  private long mostQueued;

  private StateTable(Connection connection) {
    this.connection = connection;
  }

  static StateTable open(String url) throws SQLException {
    return new StateTable(DriverManager.getConnection(url));
  }

  /// Makes an upgrade's state unreadable, and its timer due.
  void poison(String upgrade) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE state SET data = 'rubbish'::bytea, due = now() WHERE id = ?")) {
      update.setString(1, upgrade);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("Expected a state of upgrade " + upgrade);
      }
    }
  }

  /// Counts what advances and what waits for a place at this moment.
  void look() {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*) FILTER (WHERE stage = 'advancing' AND quarantine IS NULL),"
                    + " count(*) FILTER (WHERE stage = 'queued') FROM state");
        ResultSet counts = select.executeQuery()) {
      counts.next();
      mostAdvancing = Math.max(mostAdvancing, counts.getLong(1));
      mostQueued = Math.max(mostQueued, counts.getLong(2));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long mostAdvancing() {
    return mostAdvancing;
  }

  long mostQueued() {
    return mostQueued;
  }

  /// The upgrades that are set aside.
  List<String> quarantined() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id FROM state WHERE quarantine IS NOT NULL");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
