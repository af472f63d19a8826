package io.changeover.cli.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Which process has a name in a suite: its id and its start time, since ids are used again.
final class PidFile {
  private static final Duration LEASH = Duration.ofSeconds(12);

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void write(ProcessHandle process) {
    try {
      Files.writeString(file, process.pid() + " " + startOf(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until what a killed supervisor left is gone; its leash pulls it down, and if that fails
  /// this does.
  void clear() throws InterruptedException {
    Optional<ProcessHandle> left = running();
    if (left.isEmpty()) {
      return;
    }
    CompletableFuture<ProcessHandle> end = left.get().onExit();
    left.get().destroy();
    if (!Ends.within(end, LEASH)) {
      left.get().destroyForcibly();
      Ends.within(end, LEASH);
    }
  }

  Optional<ProcessHandle> running() {
    try {
      String[] parts = Files.readString(file).strip().split(" ", 2);
      return parts.length < 2
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(parts[0]))
              .filter(ProcessHandle::isAlive)
              .filter(process -> startOf(process).equals(parts[1]));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
