package io.changeover.planner.shell.jdbc;

import io.changeover.planner.port.Census;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import javax.sql.DataSource;

/// Counts in the state table.
public final class JdbcCensus implements Census {
  private static final String COUNT =
      """
      SELECT stage, count(*), count(quarantine) FROM state
      WHERE NOT ended GROUP BY stage""";

  private final DataSource dataSource;

  /// @param dataSource connections with timeouts set, see [LedgerTimeouts]
  public JdbcCensus(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Counts take() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(COUNT);
        ResultSet rows = select.executeQuery()) {
      var byStage = new HashMap<String, Long>();
      long quarantined = 0;
      while (rows.next()) {
        byStage.put(rows.getString(1), rows.getLong(2));
        quarantined += rows.getLong(3);
      }
      return new Counts(byStage, quarantined);
    } catch (SQLException e) {
      throw JdbcLedger.translated(e);
    }
  }
}
