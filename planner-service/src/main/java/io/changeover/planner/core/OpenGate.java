package io.changeover.planner.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A gate that waits for an answer.
///
/// @param deadline when waiting ends in a hold, null for never
/// @param attempt the last attempt of the phase that could not tell, 0 for a planned gate
public record OpenGate(String name, Kind kind, @Nullable Instant deadline, int attempt) {
  /// Why it is open, which decides what an answer means.
  public enum Kind {
    /// The plan has it. Yes: go on. No: hold.
    PLANNED,
    /// The analysis of the phase at the cursor could not tell. Yes: measure again. No: roll back.
    INCONCLUSIVE
  }

  /// What comes once it is passed or taken up again.
  Turn.Ready after() {
    return new Turn.Ready(attempt + 1, 0);
  }
}
