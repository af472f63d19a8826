package io.changeover.migrator.act;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/// Opens connections to a Kong database. Every one has a limit for connecting and for each answer;
/// none is pooled, since this service asks seldom and must not keep sessions in somebody else's
/// database.
public final class Database {

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private Database() {}

  /// As the datastore's user.
  ///
  /// @param answer longest time for one answer
  /// @throws SQLException as the driver gives it; its message holds no password
  public static Connection open(PostgresDatastore datastore, Duration answer) throws SQLException {
    return open(datastore, datastore.user(), datastore.password().resolve(), answer);
  }

  /// As the user that may change roles.
  public static Connection openForFence(PostgresDatastore datastore, Fence fence, Duration answer)
      throws SQLException {
    return fence.user().isEmpty()
        ? open(datastore, answer)
        : open(datastore, fence.user().orElseThrow(), fence.password().resolve(), answer);
  }

  private static Connection open(
      PostgresDatastore datastore, String user, String password, Duration answer)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", Long.toString(CONNECTING.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(CONNECTING.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(answer.toSeconds() + 5));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "changeover-migrator");
    properties.setProperty("logServerErrorDetail", "false");
    Connection connection = DriverManager.getConnection(datastore.jdbcUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      statement.execute("SET statement_timeout = " + answer.toMillis());
      statement.execute("SET search_path = " + quoted(datastore.schema()));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// An SQL identifier.
  public static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
