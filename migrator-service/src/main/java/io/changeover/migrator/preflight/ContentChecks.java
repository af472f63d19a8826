package io.changeover.migrator.preflight;

import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.TargetHistory;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Rows that known faults of older Kongs left behind, and that a migration trips over or loses.
/// Driven by the catalogue, since Enterprise and custom plugins have tables of their own.
record ContentChecks() implements SqlCheck {

  private static final String COLUMNS =
      "SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t"
          + " ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'"
          + " WHERE c.table_schema = current_schema() AND c.column_name = ? ORDER BY 1";

  @Override
  public String name() {
    return "rows in the way";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    workspaces(connection, findings);
    nulls(connection, "ws_id", "rows without a workspace vanish from the API", findings);
    nulls(connection, "cache_key", "a migration of workspaces breaks on them", findings);
    leftovers(connection, findings);
    targets(connection, findings);
  }

  private static void workspaces(Connection connection, Findings findings) throws SQLException {
    if (Sql.texts(connection, COLUMNS, "name").stream().noneMatch("workspaces"::equals)) {
      return;
    }
    long found = Sql.number(connection, "SELECT count(*) FROM workspaces WHERE name = 'default'");
    if (found != 1) {
      findings.blocker(
          "content.default-workspace",
          "there are " + found + " workspaces named `default`",
          "SELECT count(*) FROM workspaces WHERE name = 'default' = " + found,
          "exactly one must be left, with all ws_id pointing at it");
    }
  }

  private static void nulls(Connection connection, String column, String why, Findings findings)
      throws SQLException {
    for (String table : Sql.texts(connection, COLUMNS, column)) {
      String sql =
          "SELECT count(*) FROM " + Database.quoted(table) + " WHERE " + column + " IS NULL";
      long found = Sql.number(connection, sql);
      if (found > 0) {
        findings.blocker(
            "content.null-" + column.replace('_', '-'),
            table + " has " + found + " rows without " + column + ": " + why,
            sql + " = " + found,
            "fill it in as Kong would, or delete the rows");
      }
    }
  }

  /// Kong 2.1.0 wrote `<uuid>:$(VALUE)` where nothing belonged.
  private static void leftovers(Connection connection, Findings findings) throws SQLException {
    List<String> columns =
        Sql.texts(
            connection,
            "SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c"
                + " JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
                + " AND t.table_type = 'BASE TABLE' WHERE c.table_schema = current_schema() AND c.data_type = 'text'"
                + " AND c.column_name IN ('name','username','custom_id','key','client_id','code','access_token',"
                + "'refresh_token','session_id') ORDER BY 1");
    for (String column : columns) {
      String[] parts = column.split("\\.", 2);
      String sql =
          "SELECT count(*) FROM "
              + Database.quoted(parts[0])
              + " WHERE "
              + Database.quoted(parts[1])
              + " LIKE '%:$(VALUE)'";
      long found = Sql.number(connection, sql);
      if (found > 0) {
        findings.blocker(
            "content.value-leftover",
            column + " holds $(VALUE) in " + found + " rows, left by a fault of Kong 2.1.0",
            sql + " = " + found,
            "set them to NULL");
      }
    }
  }

  private static void targets(Connection connection, Findings findings) throws SQLException {
    if (Sql.texts(connection, COLUMNS, "upstream_id").stream().noneMatch("targets"::equals)) {
      return;
    }
    long found = TargetHistory.count(connection);
    if (found > 0) {
      findings.warning(
          "content.older-targets",
          "`finish` will delete " + found + " older rows of targets, and saves them first",
          "rows of targets with a newer one of the same upstream and target = " + found,
          "nothing");
    } else {
      findings.fact(
          "content.older-targets", "`finish` has no older rows of targets to delete", "count = 0");
    }
  }
}
