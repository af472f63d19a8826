package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.migrator.report.Findings;

/// One group of questions to Cassandra.
public interface CqlCheck {

  /// What it looks at, for the finding when it could not.
  String name();

  /// Asks, and adds what it found; changes nothing.
  ///
  /// @throws com.datastax.oss.driver.api.core.DriverException when a question is not answered
  void look(CqlSession session, Findings findings);
}
