package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.Doubt;
import java.util.List;
import java.util.stream.Stream;

/// What a failure of Cassandra means: worth another try, or not. Wrong logins, missing rights and
/// questions that it does not understand stay so; all else may pass.
public final class CqlFailures {

  private CqlFailures() {}

  /// One failure as a doubt.
  ///
  /// @param doing what was asked of the cluster, for the reader
  public static Doubt doubt(String doing, RuntimeException failure) {
    Throwable told = causes(failure).findFirst().orElse(failure);
    String message = told.getMessage() == null ? "" : told.getMessage();
    String line = message.lines().findFirst().orElse("");
    String name = told.getClass().getSimpleName();
    return new Doubt(doing + ": " + name + (line.isEmpty() ? "" : ": " + line), passes(failure));
  }

  private static boolean passes(RuntimeException failure) {
    return causes(failure).noneMatch(CqlFailures::lasts);
  }

  /// Unavailability and time-outs are no validation errors.
  private static boolean lasts(Throwable cause) {
    return cause instanceof AuthenticationException
        || cause instanceof QueryValidationException
        || cause instanceof UnresolvedSecretException
        || cause instanceof IllegalArgumentException;
  }

  /// The nodes' own failures where there are some, else the failure itself.
  private static Stream<Throwable> causes(RuntimeException failure) {
    if (failure instanceof AllNodesFailedException all && !all.getAllErrors().isEmpty()) {
      return all.getAllErrors().values().stream().flatMap(List::stream);
    }
    return Stream.of(failure);
  }
}
