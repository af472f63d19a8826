package io.changeover.planner.port;

/// A message could not be made safe on its topic.
public final class SendFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was to be sent, and why it was not
  /// @param cause what the client said
  public SendFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
