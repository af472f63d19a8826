package io.changeover.migrator.observe;

import io.changeover.migrator.observe.MetaReading.Lock;
import io.changeover.migrator.observe.MetaReading.Row;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `schema_meta` and `locks` where Kong keeps its migration state: one row per subsystem
/// under the key `schema_meta`, `executed` and `pending` as `text[]`, and the lock as a row
/// `migrations` with a time to live.
public final class SchemaTables {

  private SchemaTables() {}

  /// What the tables hold now.
  ///
  /// @param connection its search path is Kong's schema
  public static MetaReading read(Connection connection) throws SQLException {
    if (!exists(connection, "schema_meta")) {
      return new MetaReading.NoTable();
    }
    TreeMap<String, Row> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT subsystem, executed, pending FROM schema_meta WHERE key = 'schema_meta'")) {
      while (found.next()) {
        Row row = new Row(names(found.getArray(2)).orElse(List.of()), names(found.getArray(3)));
        rows.put(found.getString(1), row);
      }
    }
    return new MetaReading.Rows(rows, lock(connection));
  }

  private static Optional<List<String>> names(@Nullable Array array) throws SQLException {
    return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
  }

  private static Optional<Lock> lock(Connection connection) throws SQLException {
    if (!exists(connection, "locks")) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT owner, ttl FROM locks WHERE key = 'migrations' AND ttl >= now()")) {
      if (!found.next()) {
        return Optional.empty();
      }
      Timestamp until = found.getTimestamp(2);
      return Optional.of(new Lock(found.getString(1), until.toInstant()));
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) > 0 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
