package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.PhaseFailed;

/// Why an upgrade turns back, in words for people.
final class Causes {
  /// Who turned it back when nobody asked.
  static final String PLANNER = "planner";

  private Causes() {}

  static String abort(Request.Abort abort) {
    return "aborted by " + abort.by() + (abort.reason().isBlank() ? "" : ": " + abort.reason());
  }

  static String breach(PhaseFailed failed) {
    return "breached in " + failed.phase() + ": " + failed.reason();
  }

  static String rejection(Request.Answer answer) {
    return "gate "
        + answer.gate()
        + " rejected by "
        + answer.by()
        + (answer.reason().isBlank() ? "" : ": " + answer.reason());
  }
}
