package io.changeover.traffic.act;

import io.changeover.worker.PhaseContext;
import java.time.Duration;
import java.time.Instant;

/// When a phase must stop so that its report still comes in time.
final class Deadlines {

  private static final Duration LONGEST_MARGIN = Duration.ofSeconds(5);

  private Deadlines() {}

  /// The command's deadline, less a tenth of its time, at most five seconds.
  static Instant lastLook(PhaseContext context) {
    Instant issued = context.command().getIssuedAt();
    Duration tenth = Duration.between(issued, context.deadline()).dividedBy(10);
    return context.deadline().minus(tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN);
  }

  /// How often to report progress: with the heartbeats, but not more than once a second.
  static Duration progress(PhaseContext context) {
    return Duration.ofMillis(Math.max(1000, context.command().getHeartbeatMillis()));
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
