package io.changeover.planner.core;

/// Our own rules are broken: an event does not fold, or a plan leads where none may. Never the
/// world's fault and never passed over; the shell sets the upgrade aside.
public final class BrokenInvariant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected and what was found, with upgrade, cluster and attempt
  public BrokenInvariant(String message) {
    super(message);
  }
}
