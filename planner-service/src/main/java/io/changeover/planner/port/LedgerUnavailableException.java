package io.changeover.planner.port;

/// The ledger can't be reached, or broke off in the middle.
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was tried
  /// @param cause what the ledger's client said
  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
