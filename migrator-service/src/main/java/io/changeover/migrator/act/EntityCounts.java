package io.changeover.migrator.act;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts of configuration in a database of PostgreSQL.
public final class EntityCounts {

  private EntityCounts() {}

  /// How many entities each workspace has, `default` and so on, by name. Targets are counted once
  /// for each address, since their history goes with `finish`; what has a time to live is left out,
  /// since it goes by itself.
  public static SortedMap<String, Long> byWorkspace(Connection connection) throws SQLException {
    SortedMap<String, Long> counts = empty(connection);
    for (String table : ConfigurationDigest.workspaced(connection)) {
      String what = table.equals("targets") ? "DISTINCT (t.upstream_id, t.target)" : "*";
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT coalesce(w.name, '"
                      + EntityTables.NOBODYS
                      + "'), count("
                      + what
                      + ") FROM "
                      + Database.quoted(table)
                      + " t LEFT JOIN workspaces w ON w.id = t.ws_id GROUP BY 1")) {
        while (row.next()) {
          counts.merge(String.valueOf(row.getString(1)), row.getLong(2), Long::sum);
        }
      }
    }
    return counts;
  }

  private static SortedMap<String, Long> empty(Connection connection) throws SQLException {
    TreeMap<String, Long> counts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM workspaces")) {
      while (row.next()) {
        counts.put(String.valueOf(row.getString(1)), 0L);
      }
    }
    return counts;
  }
}
