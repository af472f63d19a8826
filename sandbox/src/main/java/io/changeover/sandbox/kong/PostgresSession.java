package io.changeover.sandbox.kong;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// One connection to PostgreSQL, for one thread at a time, made when it is first needed and again
/// after a loss.
final class PostgresSession implements AutoCloseable {
  /// Work on a connection.
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final ReentrantLock turn = new ReentrantLock();
  private final Driver driver = new Driver();
  private final String url;
  private final Properties properties = new Properties();
  private @Nullable Connection connection;

  PostgresSession(KongSettings settings, Duration timeout) {
    url =
        "jdbc:postgresql://"
            + settings.get("pg_host")
            + ":"
            + settings.number("pg_port")
            + "/"
            + settings.get("pg_database");
    String seconds = Long.toString(Math.max(1, (timeout.toMillis() + 999) / 1000));
    properties.setProperty("user", settings.get("pg_user"));
    if (!settings.get("pg_password").isEmpty()) {
      properties.setProperty("password", settings.get("pg_password"));
    }
    if (!settings.get("pg_schema").isEmpty()) {
      properties.setProperty("currentSchema", settings.get("pg_schema"));
    }
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("ApplicationName", "kong-stand-in-" + settings.profile().version());
    properties.setProperty("sslmode", settings.isOn("pg_ssl") ? "require" : "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("assumeMinServerVersion", "9.6");
    properties.setProperty("stringtype", "unspecified");
  }

  /// Runs work in autocommit mode.
  ///
  /// @throws StoreException in Kong's words
  <T> T run(Work<T> work) {
    try {
      return attempt(work);
    } catch (SQLException e) {
      throw PostgresErrors.running(e);
    }
  }

  /// Like [#run], but leaves it to the caller to read the error.
  <T> T attempt(Work<T> work) throws SQLException {
    turn.lock();
    try {
      return work.on(connected());
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("08")
          || String.valueOf(e.getSQLState()).startsWith("57P")) {
        drop();
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /// Runs work in one transaction: committed when it returns, rolled back when it throws.
  <T> T inTransaction(Work<T> work) throws SQLException {
    return attempt(
        c -> {
          c.setAutoCommit(false);
          try {
            T result = work.on(c);
            c.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            rollbackQuietly(c, e);
            throw e;
          } finally {
            restoreAutoCommit(c);
          }
        });
  }

  /// Runs any number of statements without parameters.
  void script(String sql) {
    run(
        c -> {
          try (var statement = c.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /// The first column of the first row, or null.
  @Nullable String text(String sql, @Nullable String... parameters) {
    Optional<String> first =
        run(
            c -> {
              try (var statement = c.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                  statement.setString(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                  return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
                }
              }
            });
    return first.orElse(null);
  }

  /// How many rows a statement changed.
  int change(String sql, @Nullable String... parameters) {
    return run(
        c -> {
          try (var statement = c.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
          }
        });
  }

  private Connection connected() {
    Connection open = connection;
    if (open == null) {
      try {
        open = driver.connect(url, properties);
      } catch (SQLException e) {
        throw PostgresErrors.connecting(e);
      }
      if (open == null) {
        throw new IllegalStateException("Expected the driver to take its own URL, but it did not");
      }
      connection = open;
    }
    return open;
  }

  private static void rollbackQuietly(Connection c, Exception cause) {
    try {
      c.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void restoreAutoCommit(Connection c) throws SQLException {
    if (!c.isClosed()) {
      c.setAutoCommit(true);
    }
  }

  private void drop() {
    Connection lost = connection;
    connection = null;
    if (lost != null) {
      try {
        lost.close();
      } catch (SQLException e) {
        // It is gone already.
      }
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      drop();
    } finally {
      turn.unlock();
    }
  }
}
