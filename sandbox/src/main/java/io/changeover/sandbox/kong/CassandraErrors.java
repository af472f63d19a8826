package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what the driver says into what Kong's client says about the same trouble.
final class CassandraErrors {
  private CassandraErrors() {}

  /// No contact point could be connected to.
  ///
  /// @param host the contact point that was tried last, as Kong prints it
  static StoreException connecting(String host, Throwable e) {
    return new StoreException(
        StoreException.Kind.UNREACHABLE,
        "[Cassandra error] all hosts tried for query failed. " + host + ": " + trouble(e),
        Map.of(),
        e);
  }

  private static String trouble(Throwable e) {
    if (cause(e, AuthenticationException.class) != null) {
      return "[Bad credentials] Provided username and/or password are incorrect";
    }
    return "host seems unhealthy, considering it down ("
        + (refused(e) ? "connection refused" : "timeout")
        + ")";
  }

  /// Netty 4.2 closes a channel that was refused before the driver asks it why.
  private static boolean refused(Throwable e) {
    return cause(e, ConnectException.class) != null
        || cause(e, ClosedChannelException.class) != null;
  }

  /// The keyspace that a command needs is not there.
  static StoreException noKeyspace(String host, String keyspace) {
    return new StoreException(
        StoreException.Kind.OTHER,
        "[Cassandra error] all hosts tried for query failed. "
            + host
            + ": [Invalid] Keyspace '"
            + keyspace
            + "' does not exist",
        Map.of(),
        null);
  }

  /// A statement that failed.
  static StoreException running(Throwable e) {
    boolean lost =
        e instanceof DriverTimeoutException
            || (e instanceof AllNodesFailedException
                && cause(e, CoordinatorException.class) == null);
    return new StoreException(
        lost ? StoreException.Kind.UNREACHABLE : StoreException.Kind.OTHER, words(e), Map.of(), e);
  }

  /// `[Invalid] …` and the like: the kind of the server's error and its words.
  static String words(Throwable e) {
    CoordinatorException server = cause(e, CoordinatorException.class);
    return switch (server) {
      case null ->
          e instanceof DriverTimeoutException
              ? "timeout"
              : "all hosts tried for query failed. " + trouble(e);
      case QueryValidationException invalid -> "[Invalid] " + invalid.getMessage();
      case ReadTimeoutException timeout -> "[Read timeout] " + timeout.getMessage();
      case WriteTimeoutException timeout -> "[Write timeout] " + timeout.getMessage();
      case UnavailableException unavailable ->
          "[Unavailable exception] " + unavailable.getMessage();
      default -> "[Server error] " + server.getMessage();
    };
  }

  private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> kind) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
      if (at instanceof AllNodesFailedException all) {
        T found = ofNodes(all, kind);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static <T extends Throwable> @Nullable T ofNodes(
      AllNodesFailedException all, Class<T> kind) {
    for (List<Throwable> errors : all.getAllErrors().values()) {
      for (Throwable error : errors) {
        T found = cause(error, kind);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
