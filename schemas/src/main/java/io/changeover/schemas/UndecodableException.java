package io.changeover.schemas;

/// Bytes that are no message of ours. [#getMessage()] says what was wrong, [#expected()] what would
/// have been right; neither repeats the bytes, which may hold a secret that somebody sent by
/// mistake.
public final class UndecodableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;

  /// @param reason what was wrong with the bytes
  /// @param expected what would have been taken instead
  public UndecodableException(String reason, String expected) {
    super(reason);
    this.expected = expected;
  }

  /// What would have been taken instead.
  public String expected() {
    return expected;
  }
}
