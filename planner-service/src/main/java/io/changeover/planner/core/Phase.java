package io.changeover.planner.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One unit of work for one worker.
///
/// @param side the side it concerns, null where it concerns both or none
/// @param shift the traffic part of a shift, a soak or a return of traffic
/// @param runbook who does it when the worker is [Worker#RUNBOOK]
/// @param deadline how long one attempt may take
public record Phase(
    String name,
    Action action,
    Worker worker,
    @Nullable Side side,
    @Nullable Shift shift,
    @Nullable String runbook,
    Duration deadline)
    implements Step {

  static Phase of(Action action, Duration deadline) {
    return new Phase(action.word(), action, action.worker(), null, null, null, deadline);
  }

  Phase named(String newName) {
    return new Phase(newName, action, worker, side, shift, runbook, deadline);
  }

  Phase on(Side newSide) {
    return new Phase(name, action, worker, newSide, shift, runbook, deadline);
  }

  Phase shifting(Shift newShift) {
    return new Phase(name, action, worker, side, newShift, runbook, deadline);
  }

  Phase by(@Nullable String newRunbook) {
    return newRunbook == null
        ? this
        : new Phase(name, action, Worker.RUNBOOK, side, shift, newRunbook, deadline);
  }
}
