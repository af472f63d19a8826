package io.changeover.migrator.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Short questions with short answers.
final class Sql {

  private Sql() {}

  static long number(Connection connection, String sql, String... values) throws SQLException {
    return texts(connection, sql, values).stream().findFirst().map(Long::parseLong).orElse(0L);
  }

  static boolean yes(Connection connection, String sql, String... values) throws SQLException {
    return texts(connection, sql, values).stream().findFirst().map("t"::equals).orElse(false);
  }

  /// The first column of every row; null reads as empty text.
  static List<String> texts(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        ArrayList<String> found = new ArrayList<>();
        while (row.next()) {
          found.add(Optional.ofNullable(row.getString(1)).orElse(""));
        }
        return List.copyOf(found);
      }
    }
  }
}
