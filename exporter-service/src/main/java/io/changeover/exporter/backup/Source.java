package io.changeover.exporter.backup;

import io.changeover.inventory.PostgresDatastore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/// Opens the database that is saved, so that nothing can be written to it.
final class Source {

  private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  private Source() {}

  /// A connection in one read-only snapshot.
  ///
  /// @param most how long one statement may take
  static Connection snapshot(PostgresDatastore datastore, Duration most) throws SQLException {
    Connection connection = DriverManager.getConnection(datastore.jdbcUrl(), properties(datastore));
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL statement_timeout = " + Math.max(most.toMillis(), 1));
        statement.execute("SET LOCAL lock_timeout = " + LOCK_WAIT.toMillis());
        statement.execute("SET LOCAL row_security = off");
        statement.execute("SET LOCAL DateStyle = 'ISO, YMD'");
        statement.execute("SET LOCAL IntervalStyle = 'postgres'");
        statement.execute("SET LOCAL TimeZone = 'UTC'");
        statement.execute("SET LOCAL extra_float_digits = 3");
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Properties properties(PostgresDatastore datastore) {
    Properties properties = new Properties();
    properties.setProperty("user", datastore.user());
    properties.setProperty("password", datastore.password().resolve());
    properties.setProperty("ApplicationName", "changeover-exporter");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "15");
    properties.setProperty("socketTimeout", "120");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }
}
