package io.changeover.worker;

import java.util.Set;

/// Some actions of a worker. Make it a bean and the kit runs it.
///
/// The work probes first (is the effect there already?), acts, and proves from the real system. A
/// repeated command must be a no-op that reports the same facts.
public interface PhaseWork {

  /// The actions it does, from [io.changeover.schemas.Actions]; each belongs to one work of a
  /// worker.
  Set<String> actions();

  /// Does one phase. Runs on a virtual thread, so blocking is fine, but every outside call needs a
  /// deadline of its own. It must return soon after [PhaseContext#cancelled()]; what must not be
  /// torn in two, as a running migration, may end first.
  ///
  /// Whatever it throws becomes a retryable failure.
  Outcome run(PhaseContext context) throws InterruptedException;
}
