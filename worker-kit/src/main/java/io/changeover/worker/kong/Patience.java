package io.changeover.worker.kong;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How long a command may take and how it is ended.
///
/// @param limit after it, or once called off, the command gets SIGTERM
/// @param killable whether SIGKILL may follow, [#GRACE] later. Never for a migration: Kong finishes
///   its work on SIGTERM, and SIGKILL leaves its lock behind
/// @param calledOff asked again and again while the command runs
public record Patience(Duration limit, boolean killable, BooleanSupplier calledOff) {

  /// From SIGTERM to SIGKILL, for commands that only read.
  public static final Duration GRACE = Duration.ofSeconds(5);

  /// For a command that only reads.
  public static Patience reading(Duration limit) {
    return new Patience(limit, true, () -> false);
  }

  /// For a command that changes something: SIGTERM, then wait for its end however long that takes.
  public static Patience changing(Duration limit, BooleanSupplier calledOff) {
    return new Patience(limit, false, calledOff);
  }
}
