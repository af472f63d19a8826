package io.changeover.migrator.work;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.LoginRole;
import io.changeover.migrator.act.LoginRole.Login;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.report.Outcomes;
import io.changeover.worker.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Cassandra knows no such fence. On PostgreSQL: takes blue's database login away and gives it
/// back, and believes `pg_roles` only.
final class BlueLogin {

  /// How it ended.
  sealed interface End {

    /// `pg_roles` says what was wished.
    ///
    /// @param word for the fact `fence.role`: `revoked`, `granted`, or `none` where blue has no
    ///   role of its own
    record Good(String word) implements End {}

    /// It does not, or could not be asked.
    record Bad(Outcome.Failed failure) implements End {}
  }

  /// A server notices some time after the end of a node that nobody is at the other end.
  private static final Duration LINGERS = Duration.ofSeconds(30);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private BlueLogin() {}

  /// After blue is proven down.
  static End deny(Subject subject, Duration limit) throws InterruptedException {
    return change(subject, limit, Login.DENIED);
  }

  /// Before blue is started.
  static End allow(Subject subject, Duration limit) throws InterruptedException {
    return change(subject, limit, Login.ALLOWED);
  }

  /// What keeps the role from being blue's alone, if anything.
  static Optional<String> conflict(
      Subject subject, PostgresDatastore datastore, Fence fence, String role) {
    if (role.equals(datastore.user())) {
      return Optional.of("it is the datastore's own user");
    }
    if (role.equals(fence.user().orElse(""))) {
      return Optional.of("it is the user that changes roles");
    }
    return Optional.ofNullable(subject.green().target().environment().get("KONG_PG_USER"))
        .filter(user -> user.resolve().equals(role))
        .map(_ -> "green logs in with it too");
  }

  private static End change(Subject subject, Duration limit, Login wished)
      throws InterruptedException {
    Optional<String> role = subject.ownRole(subject.blue());
    return switch (subject.blueStore()) {
      case PostgresStore(PostgresDatastore datastore) when role.isPresent() ->
          change(
              subject,
              datastore,
              subject.cluster().fence().orElseThrow(),
              role.orElseThrow(),
              limit,
              wished);
      case PostgresStore _, KeyspaceStore _, NoStore _ -> new End.Good("none");
    };
  }

  private static End change(
      Subject subject,
      PostgresDatastore datastore,
      Fence fence,
      String role,
      Duration limit,
      Login wished)
      throws InterruptedException {
    try {
      Optional<String> conflict = conflict(subject, datastore, fence, role);
      if (conflict.isPresent()) {
        return new End.Bad(shared(role, conflict.orElseThrow()));
      }
      try (LoginRole login = LoginRole.open(datastore, fence, role, limit)) {
        return change(subject, role, login, wished);
      }
    } catch (SQLException e) {
      return new End.Bad(Outcomes.of(SqlFailures.doubt("changing the login of role " + role, e)));
    } catch (UnresolvedSecretException e) {
      return new End.Bad(Outcomes.of(Doubt.lasting(String.valueOf(e.getMessage()))));
    }
  }

  private static End change(Subject subject, String role, LoginRole login, Login wished)
      throws SQLException, InterruptedException {
    if (login.observed() != wished || wished == Login.DENIED) {
      subject.context().ensureCurrent();
      switch (wished) {
        case DENIED -> {
          login.deny();
          int left = sessions(subject, login);
          if (left > 0) {
            return new End.Bad(stillThere(role, left));
          }
        }
        case ALLOWED -> login.allow();
        case ABSENT -> throw new IllegalStateException("nobody wishes a role away");
      }
    }
    Login found = login.observed();
    return found == wished
        ? new End.Good(wished == Login.DENIED ? "revoked" : "granted")
        : new End.Bad(
            Outcome.fatal(
                "pg_roles says of role " + role + ": login " + found,
                "login " + wished,
                "see who else changes roles of this server"));
  }

  /// @return how many there are still when the wait is over
  private static int sessions(Subject subject, LoginRole login)
      throws SQLException, InterruptedException {
    Instant until = subject.context().clock().instant().plus(LINGERS);
    int left = login.endSessions();
    while (left > 0
        && subject.context().clock().instant().isBefore(until)
        && subject.context().pause(BETWEEN_LOOKS)) {
      left = login.endSessions();
    }
    return left;
  }

  private static Outcome.Failed stillThere(String role, int sessions) {
    return Outcome.retryable(
        "the role " + role + " lost its login and has " + sessions + " sessions still",
        "none, since the nodes that log in with it are stopped",
        "see in pg_stat_activity where they come from; `GRANT pg_signal_backend` to the user that"
            + " changes roles, and they are ended; then retry the phase");
  }

  private static Outcome.Failed shared(String role, String conflict) {
    return Outcome.fatal(
        "the role " + role + " is not blue's alone: " + conflict,
        "a role that nobody but blue's nodes logs in with",
        "give blue a role of its own, or take `fence` out of the inventory");
  }
}
