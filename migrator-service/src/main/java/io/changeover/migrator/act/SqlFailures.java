package io.changeover.migrator.act;

import io.changeover.migrator.observe.Doubt;
import java.sql.SQLException;

/// What a failure of the database means: worth another try, or not. By SQLSTATE class, as
/// PostgreSQL defines them.
public final class SqlFailures {

  private SqlFailures() {}

  /// One failure as a doubt.
  ///
  /// @param doing what was asked of the database, for the reader
  public static Doubt doubt(String doing, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String reason =
        doing + ": " + firstLine(failure) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
    return new Doubt(reason, passes(state));
  }

  private static boolean passes(String state) {
    String kind = state.length() >= 2 ? state.substring(0, 2) : "";
    return switch (kind) {
      // 28 login refused, 3D no such database, 3F no such schema, 42 no right or no such thing, 0A
      // not supported, 22 data
      case "28", "3D", "3F", "42", "0A", "22", "23", "25" -> false;
      // 08 connection, 40 deadlock, 53 resources, 55 busy, 57 cancelled or shutting down, 58
      // system; "" none given
      default -> true;
    };
  }

  private static String firstLine(SQLException failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
