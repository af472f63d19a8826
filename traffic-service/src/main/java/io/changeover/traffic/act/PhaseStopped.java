package io.changeover.traffic.act;

import io.changeover.worker.Outcome;

/// A phase can't go on; holds the outcome to report.
final class PhaseStopped extends Exception {

  private final transient Outcome.Failed outcome;

  PhaseStopped(Outcome.Failed outcome) {
    super(outcome.reason());
    this.outcome = outcome;
  }

  Outcome.Failed outcome() {
    return outcome;
  }
}
