package io.changeover.cli.client;

import io.changeover.inventory.JdbcUrl;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The states in a planner's database; read only.
public final class StoredStates {
  private static final int QUERY_SECONDS = 60;
  private static final Properties DEADLINES = deadlines();

  private StoredStates() {}

  /// One state.
  ///
  /// @param version the number of the last entry that is in it
  public record Stored(long version, ByteBuffer data) {}

  /// State by upgrade.
  ///
  /// @param url JDBC URL with the user in it or in `PGUSER`; the password is in `PGPASSWORD`
  /// @param upgrade only this one's, null for all
  public static Map<String, Stored> read(String url, @Nullable String upgrade) {
    Map<String, Stored> states = new LinkedHashMap<>();
    try (Connection connection = connect(url);
        PreparedStatement ask =
            connection.prepareStatement(
                "SELECT id, version, data FROM state WHERE ?::text IS NULL OR id = ? ORDER BY"
                    + " started_at, id")) {
      connection.setReadOnly(true);
      ask.setQueryTimeout(QUERY_SECONDS);
      ask.setString(1, upgrade);
      ask.setString(2, upgrade);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          states.put(
              rows.getString(1), new Stored(rows.getLong(2), ByteBuffer.wrap(rows.getBytes(3))));
        }
      }
      return states;
    } catch (SQLException e) {
      throw Problem.unreachable(
          "Expected to read the planner's database at %s, but it answered %s (%s); name it with --postgres jdbc:postgresql://HOST:PORT/DATABASE?user=NAME, and the password in $PGPASSWORD"
              .formatted(JdbcUrl.shown(url), e.getSQLState(), JdbcUrl.said(url, e)));
    }
  }

  private static Connection connect(String url) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(DEADLINES);
    give(properties, "user", System.getenv("PGUSER"));
    give(properties, "password", System.getenv("PGPASSWORD"));
    return DriverManager.getConnection(url, properties);
  }

  /// What the URL says itself goes before this.
  private static void give(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  /// In seconds. A server that stops answering must not keep an auditor waiting for ever.
  private static Properties deadlines() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", Integer.toString(QUERY_SECONDS + 10));
    return properties;
  }
}
