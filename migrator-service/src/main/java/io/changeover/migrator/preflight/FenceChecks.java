package io.changeover.migrator.preflight;

import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Is blue's role blue's alone, and may we take its login?
///
/// @param version of blue
/// @param own the role of blue's own
/// @param changer who changes roles
/// @param conflict what keeps it from being blue's alone
/// @param blueLogin who blue logs in as, where that can be seen
record FenceChecks(
    String version,
    Optional<String> own,
    String changer,
    Optional<String> conflict,
    Optional<String> blueLogin)
    implements SqlCheck {

  @Override
  public String name() {
    return "blue's database role";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    if (own.isPresent()) {
      look(connection, own.orElseThrow(), findings);
    } else {
      findings.warning(
          "fence.none",
          "nothing but us prevents a node of "
              + version
              + " from starting again once it is stopped",
          "the inventory's fence names no role of " + version,
          "give it a database role of its own and name it under `fence.blueRoles`");
    }
  }

  private void look(Connection connection, String role, Findings findings) throws SQLException {
    conflict.ifPresent(
        why ->
            findings.blocker(
                "fence.shared",
                "the role " + role + " is not blue's alone",
                why,
                "give blue a role of its own, or take `fence` out of the inventory"));
    if (!Sql.yes(connection, "SELECT count(*) > 0 FROM pg_roles WHERE rolname = ?", role)) {
      findings.blocker(
          "fence.no-role",
          "there is no role " + role,
          "pg_roles has no such name",
          "correct `fence.blueRole`, or `blueRoles`");
    }
    if (!mayChange(connection, role)) {
      findings.blocker(
          "fence.no-right", changer + " may not change the role " + role,
          "neither superuser nor CREATEROLE with admin of it",
              "GRANT " + role + " TO " + changer + " WITH ADMIN OPTION");
    }
    if (blueLogin.isPresent() && !blueLogin.orElseThrow().equals(role)) {
      findings.blocker(
          "fence.not-blue",
          "blue does not log in with " + role,
          "KONG_PG_USER of blue is " + blueLogin.orElseThrow(),
          "let blue log in with it: taking its login would fence nobody");
    }
  }

  private boolean mayChange(Connection connection, String role) throws SQLException {
    return Sql.yes(
        connection,
        """
        SELECT count(*) > 0 FROM pg_roles changer WHERE changer.rolname = ? AND (changer.rolsuper OR (changer.rolcreaterole
          AND (current_setting('server_version_num')::int < 160000 OR EXISTS (
            SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
            WHERE m.member = changer.oid AND r.rolname = ? AND m.admin_option))))
        """,
        changer,
        role);
  }
}
