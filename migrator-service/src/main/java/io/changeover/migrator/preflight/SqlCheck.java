package io.changeover.migrator.preflight;

import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;

/// One group of questions to the database.
public interface SqlCheck {

  /// What it looks at, for the finding when it could not.
  String name();

  /// Asks, and adds what it found.
  ///
  /// @param connection its search path is Kong's schema; the check changes nothing
  void look(Connection connection, Findings findings) throws SQLException;
}
