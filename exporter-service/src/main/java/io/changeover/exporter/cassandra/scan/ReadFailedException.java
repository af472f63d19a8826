package io.changeover.exporter.cassandra.scan;

/// A page could not be read, retries of the driver included.
public final class ReadFailedException extends RuntimeException {
  public ReadFailedException(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }

  /// What the driver said.
  public Throwable reason() {
    Throwable cause = getCause();
    return cause == null ? this : cause;
  }
}
