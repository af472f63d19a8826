package io.changeover.migrator.act;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.KeyspaceContent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Looks whether a schema holds rows of anybody's, a few of each table: the same question as
/// [KeyspaceRows] asks a keyspace. Kong's bootstrap would make its tables beside them.
public final class PostgresRows {

  private static final int MOST = 50;

  private PostgresRows() {}

  /// One look; never throws for what it could not read.
  public static KeyspaceContent look(PostgresDatastore datastore, Duration answer) {
    try (Connection connection = Database.open(datastore, answer)) {
      List<String> foreign = new ArrayList<>();
      long rows = 0;
      for (String table : tables(connection)) {
        long seen = foreign(connection, table);
        rows += seen;
        if (seen > 0) {
          foreign.add(table);
        }
      }
      return rows == 0 ? new KeyspaceContent.Fresh(0) : new KeyspaceContent.Foreign(rows, foreign);
    } catch (SQLException e) {
      return new KeyspaceContent.Unreadable(
          SqlFailures.doubt("looking for rows in schema " + datastore.schema(), e));
    } catch (UnresolvedSecretException e) {
      return new KeyspaceContent.Unreadable(Doubt.lasting(String.valueOf(e.getMessage())));
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables.stream().filter(table -> !OwnRows.saysNothing(table)).toList();
  }

  /// Rows that no bootstrap writes.
  private static long foreign(Connection connection, String table) throws SQLException {
    String quoted = Database.quoted(table);
    long rows = count(connection, "SELECT 1 FROM " + quoted);
    return table.equals(OwnRows.WORKSPACES)
        ? rows
            - Math.min(1, count(connection, "SELECT 1 FROM " + quoted + " WHERE name = 'default'"))
        : rows;
  }

  private static long count(Connection connection, String select) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM (%s LIMIT %d) AS few".formatted(select, MOST))) {
      row.next();
      return row.getLong(1);
    }
  }
}
