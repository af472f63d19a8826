package io.changeover.exporter.restore;

/// A restore that must not or can't be done. The target is as it was.
public final class RestoreRefusedException extends RuntimeException {

  RestoreRefusedException(String message) {
    super(message);
  }
}
