package io.changeover.planner.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One unit of work for one worker.
///
/// @param side the side it concerns, null where it concerns both or none
/// @param role the nodes of the side that it concerns, null for all of them
/// @param shift the traffic part of a shift, a soak or a return of traffic
/// @param runbook who does it when the worker is [Worker#RUNBOOK]
/// @param deadline how long one attempt may take
public record Phase(
    String name,
    Action action,
    Worker worker,
    @Nullable Side side,
    @Nullable Role role,
    @Nullable Shift shift,
    @Nullable String runbook,
    Duration deadline)
    implements Step {

  static Phase of(Action action, Duration deadline) {
    return new Phase(action.word(), action, action.worker(), null, null, null, null, deadline);
  }

  Phase named(String newName) {
    return new Phase(newName, action, worker, side, role, shift, runbook, deadline);
  }

  Phase on(Side newSide) {
    return new Phase(name, action, worker, newSide, role, shift, runbook, deadline);
  }

  Phase of(Role newRole) {
    return new Phase(name, action, worker, side, newRole, shift, runbook, deadline);
  }

  Phase shifting(Shift newShift) {
    return new Phase(name, action, worker, side, role, newShift, runbook, deadline);
  }

  Phase by(@Nullable String newRunbook) {
    return newRunbook == null
        ? this
        : new Phase(name, action, Worker.RUNBOOK, side, role, shift, newRunbook, deadline);
  }
}
