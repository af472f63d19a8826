package io.changeover.exporter.cassandra.checkpoint;

import java.nio.file.Path;

/// Another process works on the same copy.
public final class CheckpointInUseException extends RuntimeException {
  public CheckpointInUseException(Path file) {
    super("Expected to be the only one that writes %s, but another process does".formatted(file));
  }
}
