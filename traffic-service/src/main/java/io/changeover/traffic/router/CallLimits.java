package io.changeover.traffic.router;

import java.time.Duration;

/// Limits of one call.
///
/// @param connect for the connection
/// @param answer for the whole call, from the first byte sent to the last byte read
public record CallLimits(Duration connect, Duration answer) {

  /// Enough for a busy router; a runtime API answers within a millisecond.
  public static final CallLimits DEFAULT =
      new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(3));
}
