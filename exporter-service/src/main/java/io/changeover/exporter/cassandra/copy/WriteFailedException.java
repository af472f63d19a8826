package io.changeover.exporter.cassandra.copy;

/// A write was not taken, retries included.
public final class WriteFailedException extends RuntimeException {

  private final long bytes;

  /// @param about which row of which table
  /// @param bytes how large the write was
  public WriteFailedException(String about, long bytes, Throwable cause) {
    super("%s (%d bytes): %s".formatted(about, bytes, cause.getMessage()), cause);
    this.bytes = bytes;
  }

  /// How large the write was.
  public long bytes() {
    return bytes;
  }

  /// What the driver said.
  public Throwable reason() {
    Throwable cause = getCause();
    return cause == null ? this : cause;
  }
}
