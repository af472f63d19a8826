package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.inventory.JdbcUrl;
import org.jspecify.annotations.Nullable;

/// Command lines are in the list of processes, where everybody on the machine reads them.
final class Passwords {
  private Passwords() {}

  /// Refuses a JDBC URL that carries a password.
  ///
  /// @param url what the option was given, null when it was not
  /// @param place where the password belongs
  static void refuse(String option, @Nullable String url, String place) {
    if (url != null && JdbcUrl.carriesPassword(url)) {
      throw Problem.usage(
          "Expected %s without a password, since every process can read it, but %s has one; put it into %s"
              .formatted(option, JdbcUrl.shown(url), place));
    }
  }
}
