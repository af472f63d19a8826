package io.changeover.planner.port;

/// Somebody else changed the same upgrade first. Nothing was changed; the work may be run again.
public final class LedgerConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, and what was found
  public LedgerConflictException(String message) {
    super(message);
  }
}
