package io.changeover.sandbox.kong;

/// What the real command would print after `Error: ` before it exits with 1. The message is in its
/// words.
public class KongException extends RuntimeException {
  public KongException(String message) {
    super(message);
  }

  public KongException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The words, never null.
  public String words() {
    return String.valueOf(getMessage());
  }
}
