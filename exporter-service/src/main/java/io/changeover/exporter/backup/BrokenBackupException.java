package io.changeover.exporter.backup;

/// A folder that is no backup, or a damaged one.
public final class BrokenBackupException extends RuntimeException {

  /// @param message which file, what is wrong, what was expected
  public BrokenBackupException(String message) {
    super(message);
  }
}
