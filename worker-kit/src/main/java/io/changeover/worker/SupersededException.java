package io.changeover.worker;

/// The work must not touch the real system any more: it was cancelled, or the planner has stopped
/// waiting for it.
public final class SupersededException extends RuntimeException {

  /// @param message why
  public SupersededException(String message) {
    super(message);
  }
}
