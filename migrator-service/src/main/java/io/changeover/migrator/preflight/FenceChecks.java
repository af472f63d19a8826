package io.changeover.migrator.preflight;

import io.changeover.inventory.Fence;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Is blue's role blue's alone, and may we take its login?
///
/// @param changer who changes roles
/// @param conflict what keeps it from being blue's alone
/// @param blueLogin who blue logs in as, where that can be seen
record FenceChecks(
    Fence fence, String changer, Optional<String> conflict, Optional<String> blueLogin)
    implements SqlCheck {

  @Override
  public String name() {
    return "blue's database role";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    String role = fence.blueRole();
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
          "correct `fence.blueRole`");
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
