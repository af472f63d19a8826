package io.changeover.planner.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What the decider is asked about. Carries its own identity, time and chance, so that deciding
/// again gives the same. Times are cut to milliseconds, which is what a journal keeps.
public sealed interface UpgradeInput
    permits Request, Report, UpgradeInput.TimerFired, UpgradeInput.Admitted {
  /// The message's id; the same on every repeat.
  String id();

  /// The planner's time of this decision.
  Instant at();

  /// Where every random choice of this decision comes from.
  long seed();

  /// The earliest due time of the state has come, or is thought to have come: too early is
  /// harmless.
  record TimerFired(String id, Instant at, long seed) implements UpgradeInput {
    public TimerFired {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// There is room for one more upgrade, and this queued one may go.
  record Admitted(String id, Instant at, long seed) implements UpgradeInput {
    public Admitted {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }
}
