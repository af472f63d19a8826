package io.changeover.migrator.act;

import io.changeover.migrator.observe.Doubt;
import io.changeover.worker.kong.CommandResult;
import java.util.List;

/// What a failed call of `kong` means: worth another try, or not. Words as observed on Kong 2.1.4
/// and 2.2.2.
public final class CliFailures {

  /// Another process holds Kong's lock. Printed with exit 0.
  public static final String ABORTED = "aborted: another node is performing database changes";

  private static final List<String> LASTING =
      List.of(
          "password authentication failed",
          "missing password, required for connect",
          "don't know how to auth",
          "permission denied",
          "must be owner",
          "no file at:",
          "has an invalid value",
          "unrecognized parameter",
          "No such command",
          "plugin is in use but not enabled",
          "needs bootstrapping",
          "Failed parsing:",
          "failed parsing declarative configuration file",
          "error parsing declarative config file",
          "expected a declarative configuration file",
          "only in-memory storage can be used",
          "in-memory storage can not be used",
          "cluster certificate and key must be provided",
          "New migrations available");

  private static final List<String> PASSING =
      List.of(
          "connection refused",
          "timeout",
          "failed to get type: closed",
          "or not known",
          "tuple concurrently updated",
          "type \"locks\" already exists",
          "deadlock detected",
          "the database system is",
          "terminating connection",
          "too many clients",
          "remaining connection slots",
          "bind() to");

  private CliFailures() {}

  /// One failed call as a doubt.
  ///
  /// @param doing what the call was for
  public static Doubt doubt(String doing, CommandResult result) {
    return new Doubt(doing + ": " + result.evidence(), passes(result));
  }

  private static boolean passes(CommandResult result) {
    return switch (result.ending()) {
      case NOT_STARTED -> false;
      case TIMED_OUT, CANCELLED -> true;
      case EXITED -> {
        if (LASTING.stream().anyMatch(result::says)) {
          yield false;
        }
        if (PASSING.stream().anyMatch(result::says)) {
          yield true;
        }
        // A migration that PostgreSQL refuses is refused again; anything else may have been an
        // accident, such as a kill.
        yield !result.says("failed to run migration") && !result.says("FATAL:");
      }
    };
  }
}
