package io.changeover.planner.core;

/// One element of a hop, in order: work to be done, or a place to wait.
public sealed interface Step permits Phase, Gate {
  /// Unique within the plan, and what people call it.
  String name();
}
