package io.changeover.sandbox.http;

/// Why a request got no answer. Carries no stack trace: it is an expected outcome.
public final class SendFailure extends Exception {

  /// What went wrong, in order of how far the request got.
  public enum Kind {
    /// The peer refused the connection; nothing was sent.
    REFUSED,
    /// The connection could not be made for another reason; nothing was sent.
    UNREACHABLE,
    /// The connection was closed or reset before the answer was whole.
    CLOSED,
    /// No whole answer came in time.
    TIMEOUT,
    /// What came was not HTTP.
    MALFORMED
  }

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final boolean reused;

  SendFailure(Kind kind, boolean reused, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.reused = reused;
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }

  /// Whether the connection had carried a request before.
  public boolean reused() {
    return reused;
  }

  /// Whether the peer can't have seen the request, so that sending it elsewhere is safe.
  public boolean nothingSent() {
    return kind == Kind.REFUSED || kind == Kind.UNREACHABLE;
  }
}
