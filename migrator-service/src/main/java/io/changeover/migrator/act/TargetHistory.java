package io.changeover.migrator.act;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The older rows of targets. Kong 2.1 keeps every change of a target as a row of its own; `finish`
/// to 2.2 deletes all but the newest of each upstream and target, and their tags. Saved before,
/// they can be put back.
public final class TargetHistory {

  /// Of `t`, a row that `finish` keeps in its place: same upstream, same target, strictly newer.
  static final String NEWER =
      "SELECT 1 FROM targets n WHERE n.upstream_id = t.upstream_id AND n.target = t.target"
          + " AND n.created_at > t.created_at";

  /// Ids of the rows that `finish` deletes.
  static final String OLDER_IDS = "SELECT t.id FROM targets t WHERE EXISTS (" + NEWER + ")";

  private TargetHistory() {}

  /// How many rows `finish` will delete.
  public static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM targets t WHERE EXISTS (" + NEWER + ")")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /// Adds them to a file that only this user may read, one JSON object a line, whole or not at all.
  /// What it holds already stays, so that a repeat after `finish` keeps what was saved before it.
  ///
  /// @return how many rows the file holds, saved now or before
  public static long save(Connection connection, Path file) throws SQLException, IOException {
    return SavedRows.add(file, rows(connection));
  }

  private static List<String> rows(Connection connection) throws SQLException {
    String sql =
        "SELECT to_jsonb(t)::text FROM targets t WHERE EXISTS ("
            + NEWER
            + ") ORDER BY t.created_at, t.id";
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}
