package io.changeover.planner.shell;

import io.changeover.planner.port.Rejections.Rejection;
import java.util.List;
import java.util.stream.Stream;

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

  /// Both, in this order.
  Outcome and(Outcome next) {
    if (isNothing() || next.isNothing()) {
      return isNothing() ? next : this;
    }
    return new Outcome(
        joined(decisions, next.decisions),
        repeats + next.repeats,
        joined(rejections, next.rejections),
        joined(faults, next.faults));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /// An upgrade that broke one of our own rules.
  record Fault(String upgrade, String cluster, String cause) {}
}
