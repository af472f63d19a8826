package io.changeover.planner.journal;

/// A record that decodes and means nothing to this planner: a newer one wrote it, or nobody did.
public final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param expected what would have been readable
  /// @param got what stood there
  public UnreadableRecord(String expected, String got) {
    super("Expected " + expected + ", but got '" + got + "'");
  }

  UnreadableRecord(String expected, Throwable cause) {
    super("Expected " + expected + ", but " + cause.getMessage(), cause);
  }
}
