package io.changeover.migrator.preflight;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Is the server new enough, and may the migrating user do what `up` and `finish` do?
///
/// @param user who Kong's migrations log in as
record DatabaseChecks(PostgresDatastore datastore, String user) implements SqlCheck {

  @Override
  public String name() {
    return "server and rights";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    version(connection, findings);
    if (!Sql.yes(connection, "SELECT count(*) > 0 FROM pg_roles WHERE rolname = ?", user)) {
      findings.blocker(
          "rights.no-role",
          "the role " + user + " that migrates does not exist",
          "pg_roles has no such name",
          "correct KONG_PG_USER of the new version");
      return;
    }
    rights(connection, findings);
    owners(connection, findings);
  }

  private static void version(Connection connection, Findings findings) throws SQLException {
    ServerVersion.postgres(
        Sql.number(connection, "SELECT current_setting('server_version_num')"), findings);
    if (Sql.yes(connection, "SELECT pg_is_in_recovery()")) {
      findings.blocker(
          "server.standby",
          "the server is a standby",
          "pg_is_in_recovery() = t",
          "name the primary in the inventory");
    }
  }

  private void rights(Connection connection, Findings findings) throws SQLException {
    for (String right : List.of("CREATE", "USAGE")) {
      if (!Sql.yes(
          connection, "SELECT has_schema_privilege(?, current_schema()::text, ?)", user, right)) {
        findings.blocker(
            "rights.schema",
            user + " may not " + right + " in schema " + datastore.schema(),
            "has_schema_privilege(" + user + ", " + right + ") = f",
            "GRANT " + right + " ON SCHEMA " + datastore.schema() + " TO " + user);
      }
    }
  }

  /// Only an owner may alter a table.
  private void owners(Connection connection, Findings findings) throws SQLException {
    List<String> foreign =
        Sql.texts(
            connection,
            "SELECT tablename || ' owned by ' || tableowner FROM pg_tables"
                + " WHERE schemaname = current_schema() AND NOT pg_has_role(?, tableowner, 'USAGE') ORDER BY 1",
            user);
    if (!foreign.isEmpty()) {
      findings.blocker(
          "rights.owner",
          user + " does not own " + foreign.size() + " tables, and could not alter them",
          String.join(", ", foreign.subList(0, Math.min(10, foreign.size()))),
          "make it a member of the owning role, or the owner");
    }
  }
}
