package io.changeover.planner.port;

/// A message could not be made safe on its topic.
public final class SendFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  /// @param message what was to be sent, and why it was not
  /// @param cause what the client said
  public SendFailedException(String message, Throwable cause) {
    this(message, cause, false);
  }

  /// @param message what was to be sent, and why it was not
  /// @param cause what the client said
  /// @param refused see [#refused]
  public SendFailedException(String message, Throwable cause, boolean refused) {
    super(message, cause);
    this.refused = refused;
  }

  /// Whether one message was refused for what it is, or where it goes: the same message will be
  /// refused again, while others may pass.
  public boolean refused() {
    return refused;
  }
}
