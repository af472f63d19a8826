package io.changeover.cli.demo;

import io.changeover.cli.suite.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The command line of the stand-in Kong.
final class StandIn {
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final Duration ORDERLY = Duration.ofSeconds(5);

  private final Home home;
  private final Path logs;

  /// @param logs where the words of each call are kept
  StandIn(Home home, Path logs) {
    this.home = home;
    this.logs = logs;
  }

  /// Runs one call to its end.
  ///
  /// @param what names the call's log
  /// @return the exit code
  int call(String what, String version, Map<String, String> environment, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.standIn(version).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(what).toFile()));
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
    builder.environment().putAll(all);
    try {
      Process process = builder.start();
      if (!process.waitFor(CALL.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "Expected %s to end within %d s, but it did not; see %s"
                .formatted(String.join(" ", command), CALL.toSeconds(), log(what)));
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs one call that must succeed.
  void mustSucceed(
      String what, String version, Map<String, String> environment, String... arguments)
      throws InterruptedException {
    int code = call(what, version, environment, arguments);
    if (code != 0) {
      throw new IllegalStateException(
          "Expected `kong-%s %s` to exit 0, but it exited %d; its words are in %s"
              .formatted(version, String.join(" ", arguments), code, log(what)));
    }
  }

  private Path log(String what) {
    return logs.resolve("kong-" + what + ".log");
  }

  /// The process of a node, empty when it does not run.
  static Optional<ProcessHandle> process(Path prefix) {
    try {
      String pid = Files.readString(prefix.resolve("pids").resolve("nginx.pid")).strip();
      // Process ids are used again: only one that was started with this prefix is the node.
      String line = Files.readString(Path.of("/proc", pid, "cmdline"));
      return line.contains(prefix.toString())
          ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Ends the nodes whatever state they are in.
  static void end(List<Path> prefixes) {
    List<ProcessHandle> running =
        prefixes.stream().flatMap(prefix -> process(prefix).stream()).toList();
    running.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + ORDERLY.toNanos();
    for (ProcessHandle process : running) {
      try {
        process.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        process.destroyForcibly();
      }
    }
  }
}
