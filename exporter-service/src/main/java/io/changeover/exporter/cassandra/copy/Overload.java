package io.changeover.exporter.cassandra.copy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;

/// What a failed write means for the next ones.
final class Overload {

  private Overload() {}

  /// Whether the same write may be taken a moment later.
  static boolean mayPass(Throwable cause) {
    return switch (cause) {
      case WriteFailureException _ -> false;
      case QueryConsistencyException _ -> true;
      case OverloadedException _ -> true;
      case BootstrappingException _ -> true;
      case ServerError _ -> true;
      case DriverTimeoutException _ -> true;
      case BusyConnectionException _ -> true;
      case ClosedConnectionException _ -> true;
      case HeartbeatException _ -> true;
      case AllNodesFailedException e ->
          e.getAllErrors().values().stream()
              .flatMap(java.util.Collection::stream)
              .allMatch(Overload::mayPass);
      default -> false;
    };
  }
}
