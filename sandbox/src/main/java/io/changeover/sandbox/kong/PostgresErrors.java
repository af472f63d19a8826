package io.changeover.sandbox.kong;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Turns what the driver says into what Kong's client says about the same trouble.
final class PostgresErrors {
  private PostgresErrors() {}

  /// A connection that could not be made. Kong notices when it asks for the server's version.
  static StoreException connecting(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("no password was provided") || message.contains("password is an empty")) {
      return new StoreException(
          StoreException.Kind.OTHER, "missing password, required for connect", Map.of(), e);
    }
    return new StoreException(
        StoreException.Kind.UNREACHABLE,
        "[PostgreSQL error] failed to retrieve PostgreSQL server_version_num: " + words(e),
        Map.of(),
        e);
  }

  /// A statement that failed.
  static StoreException running(SQLException e) {
    boolean lost = String.valueOf(e.getSQLState()).startsWith("08");
    return new StoreException(
        lost ? StoreException.Kind.UNREACHABLE : StoreException.Kind.OTHER, words(e), Map.of(), e);
  }

  /// Whether the server says that a table is not there.
  static boolean isMissingTable(SQLException e) {
    return "42P01".equals(e.getSQLState());
  }

  /// `FATAL: …`, `ERROR: … (position)`, or the network's trouble in the words of Kong's socket
  /// library.
  static String words(SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    if (server != null) {
      return String.valueOf(server.getSeverity())
          + ": "
          + server.getMessage()
          + (server.getPosition() > 0 ? " (" + server.getPosition() + ")" : "")
          + (server.getDetail() == null ? "" : "\n" + server.getDetail());
    }
    if (hasCause(e, UnknownHostException.class)) {
      return "host or service not provided, or not known";
    }
    if (hasCause(e, ConnectException.class)) {
      return "connection refused";
    }
    if (hasCause(e, SocketTimeoutException.class)
        || String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out")) {
      return "receive_message: failed to get type: timeout";
    }
    return "receive_message: failed to get type: closed";
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> kind) {
    for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
