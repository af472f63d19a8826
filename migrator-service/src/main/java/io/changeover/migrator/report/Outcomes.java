package io.changeover.migrator.report;

import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.Doubt;
import io.changeover.worker.Outcome;

/// Doubts and refusals as outcomes of a phase.
public final class Outcomes {

  private static final String WORLD = "the cluster to answer as the inventory describes it";

  private Outcomes() {}

  /// What could not be read or done: retryable while it may pass, else fatal.
  public static Outcome.Failed of(Doubt doubt) {
    return doubt.passing()
        ? Outcome.retryable(
            doubt.reason(),
            WORLD,
            "nothing while attempts are left; then look at the cause and retry the phase")
        : Outcome.fatal(doubt.reason(), WORLD, "remove the cause, then retry the phase");
  }

  public static Outcome.Failed of(Step.Refuse refusal) {
    return Outcome.fatal(refusal.reason(), refusal.expected(), refusal.remedy());
  }
}
