package io.changeover.cli.client;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states in a planner's database; read only.
public final class StoredStates {
  private static final int LOGIN_SECONDS = 10;
  private static final int QUERY_SECONDS = 60;

  private StoredStates() {}

  /// One state.
  ///
  /// @param version the number of the last entry that is in it
  public record Stored(long version, ByteBuffer data) {}

  /// State by upgrade.
  ///
  /// @param url JDBC URL, with user and password in it or in `PGUSER` and `PGPASSWORD`
  /// @param upgrade only this one's, null for all
  public static Map<String, Stored> read(String url, @Nullable String upgrade) {
    DriverManager.setLoginTimeout(LOGIN_SECONDS);
    Map<String, Stored> states = new LinkedHashMap<>();
    try (Connection connection = connect(url);
        PreparedStatement ask =
            connection.prepareStatement(
                "SELECT id, version, data FROM state WHERE ?::text IS NULL OR id = ? ORDER BY started_at, id")) {
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
          "Expected to read the planner's database, but it answered %s (%s); name it with --postgres jdbc:postgresql://HOST:PORT/DATABASE?user=NAME"
              .formatted(e.getSQLState(), firstLine(e)));
    }
  }

  private static Connection connect(String url) throws SQLException {
    String user = System.getenv("PGUSER");
    return user == null || url.contains("user=")
        ? DriverManager.getConnection(url)
        : DriverManager.getConnection(url, user, System.getenv("PGPASSWORD"));
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
