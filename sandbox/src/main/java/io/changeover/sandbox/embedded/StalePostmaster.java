package io.changeover.sandbox.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a killed starter left behind in a data folder: a `postmaster.pid`, and maybe the server
/// that it names.
///
/// PostgreSQL refuses to start while the process id in the file is alive, even when some other
/// program has it by now.
final class StalePostmaster {
  private static final Duration ORDERLY = Duration.ofSeconds(3);
  private static final Duration KILLED = Duration.ofSeconds(10);

  private StalePostmaster() {}

  /// Stops the server that still runs on `data`, if one does, and removes the file.
  static void clear(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    Optional<ProcessHandle> running = server(data, Files.readString(file));
    if (running.isPresent()) {
      stop(running.get());
    }
    Files.deleteIfExists(file);
  }

  private static Optional<ProcessHandle> server(Path data, String file) throws IOException {
    String first = file.lines().findFirst().orElse("").strip();
    if (!first.matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    long pid = Long.parseLong(first);
    return commandLine(pid).contains(data.toString()) ? ProcessHandle.of(pid) : Optional.empty();
  }

  private static String commandLine(long pid) throws IOException {
    Path line = Path.of("/proc", Long.toString(pid), "cmdline");
    return Files.exists(line) ? new String(Files.readAllBytes(line), StandardCharsets.UTF_8) : "";
  }

  private static void stop(ProcessHandle server) throws IOException {
    CompletableFuture<ProcessHandle> end = server.onExit();
    server.destroy();
    if (ended(end, ORDERLY)) {
      return;
    }
    // Sessions that never end hold an orderly stop up. What was committed survives this.
    server.destroyForcibly();
    if (!ended(end, KILLED)) {
      throw new IOException(
          "Expected the PostgreSQL process %d to end within %s of being killed, but it runs; stop it by hand"
              .formatted(server.pid(), KILLED));
    }
  }

  private static boolean ended(CompletableFuture<ProcessHandle> end, Duration patience) {
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
