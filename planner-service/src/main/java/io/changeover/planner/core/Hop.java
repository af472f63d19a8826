package io.changeover.planner.core;

import java.util.List;

/// From one version to the next on the path.
///
/// @param steps what is done, in order
/// @param rollback the phases that undo it; a rollback takes those that it needs
public record Hop(
    Procedure procedure,
    String fromVersion,
    String toVersion,
    List<Step> steps,
    List<Phase> rollback) {
  public Hop {
    steps = List.copyOf(steps);
    rollback = List.copyOf(rollback);
  }
}
