package io.changeover.planner.shell.jdbc;

import java.time.Duration;
import java.util.Properties;

/// How long PostgreSQL and its driver wait, for every connection of the planner. A planner that
/// froze inside a transaction loses its locks when `idle_in_transaction_session_timeout` has
/// passed, and can't commit when it wakes.
public final class LedgerTimeouts {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SOCKET = Duration.ofSeconds(60);

  private LedgerTimeouts() {}

  /// Properties of the PostgreSQL driver. The idle limit is above what the relay may wait for
  /// Kafka.
  public static Properties properties() {
    var properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(SOCKET.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "changeover-planner");
    properties.setProperty("prepareThreshold", "2");
    properties.setProperty(
        "options",
        "-c statement_timeout=50s -c lock_timeout=40s -c idle_in_transaction_session_timeout=30s"
            + " -c timezone=UTC");
    return properties;
  }
}
