package io.changeover.planner.shell;

import io.changeover.planner.port.Rejections.Rejection;
import java.util.List;

/// What one transaction did.
///
/// @param decisions in order
/// @param repeats messages that were dropped, since they had been taken before
/// @param rejections messages that could not be taken
/// @param faults upgrades that were set aside
record Outcome(
    List<Decision> decisions, int repeats, List<Rejection> rejections, List<Fault> faults) {
  static final Outcome NOTHING = new Outcome(List.of(), 0, List.of(), List.of());

  /// Whether there is nothing to tell.
  boolean isNothing() {
    return decisions.isEmpty() && repeats == 0 && rejections.isEmpty() && faults.isEmpty();
  }

  /// An upgrade that broke one of our own rules.
  record Fault(String upgrade, String cluster, String cause) {}
}
