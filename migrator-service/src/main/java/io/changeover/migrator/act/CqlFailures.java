package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.Doubt;
import io.changeover.worker.TlsRefusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a failure of Cassandra means: worth another try, or not. Wrong logins, certificates that
/// nobody trusts, missing rights and questions that it does not understand stay so; all else may
/// pass.
public final class CqlFailures {

  private static final String TRUST =
      "; expected TLS with a certificate that the JVM's trust store (-Djavax.net.ssl.trustStore) knows and that names the address";

  private CqlFailures() {}

  /// One failure as a doubt.
  ///
  /// @param doing what was asked of the cluster, for the reader
  public static Doubt doubt(String doing, RuntimeException failure) {
    Throwable first = causes(failure).findFirst().orElse(failure);
    Optional<Throwable> tls = TlsRefusal.in(first);
    Throwable told = tls.orElse(first);
    String message = told.getMessage() == null ? "" : told.getMessage();
    String line = message.lines().findFirst().orElse("");
    String name = told.getClass().getSimpleName();
    return new Doubt(
        doing + ": " + name + (line.isEmpty() ? "" : ": " + line) + tls.map(_ -> TRUST).orElse(""),
        passes(failure));
  }

  private static boolean passes(RuntimeException failure) {
    return causes(failure).noneMatch(CqlFailures::lasts);
  }

  /// Unavailability and time-outs are no validation errors.
  private static boolean lasts(Throwable cause) {
    return cause instanceof AuthenticationException
        || cause instanceof QueryValidationException
        || cause instanceof UnresolvedSecretException
        || cause instanceof IllegalArgumentException
        || TlsRefusal.in(cause).isPresent();
  }

  /// The nodes' own failures where there are some, else the failure itself.
  private static Stream<Throwable> causes(RuntimeException failure) {
    if (failure instanceof AllNodesFailedException all && !all.getAllErrors().isEmpty()) {
      return all.getAllErrors().values().stream().flatMap(List::stream);
    }
    return Stream.of(failure);
  }
}
