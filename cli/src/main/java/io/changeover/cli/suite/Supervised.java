package io.changeover.cli.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One process that is started again whenever it ends, ever more slowly when it ends at once.
final class Supervised {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration PROVEN = Duration.ofSeconds(5);
  private static final Duration ORDERLY = Duration.ofSeconds(40);

  private final ProcessSpec spec;
  private final DataFolder folder;
  private final Consumer<String> say;
  private final Thread keeper;
  private boolean stopping;
  private @Nullable Process process;

  Supervised(ProcessSpec spec, DataFolder folder, Consumer<String> say) {
    this.spec = spec;
    this.folder = folder;
    this.say = say;
    this.keeper = Thread.ofPlatform().daemon().name("keep-" + spec.name()).unstarted(this::keep);
  }

  void start() {
    keeper.start();
  }

  String name() {
    return spec.name();
  }

  boolean serves() throws InterruptedException {
    return spec.health().serves();
  }

  synchronized Optional<ProcessHandle> handle() {
    return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
  }

  /// Asks it to end; [#awaitEnd] waits.
  synchronized void stop() {
    stopping = true;
    keeper.interrupt();
    if (process != null) {
      process.destroy();
    }
  }

  /// Ends it at once.
  synchronized void kill() {
    stopping = true;
    keeper.interrupt();
    if (process != null) {
      process.destroyForcibly();
    }
  }

  void awaitEnd() throws InterruptedException {
    Optional<ProcessHandle> running = handle();
    if (running.isPresent() && !Ends.within(running.get().onExit(), ORDERLY)) {
      say.accept(spec.name() + " did not end within " + ORDERLY.toSeconds() + " s and was killed");
      running.get().destroyForcibly();
      Ends.within(running.get().onExit(), ORDERLY);
    }
  }

  private void keep() {
    Duration pause = FIRST_PAUSE;
    try {
      new PidFile(folder.pid(spec.name())).clear();
      while (isWanted()) {
        Instant since = Instant.now();
        String end = live();
        Duration lived = Duration.between(since, Instant.now());
        pause = lived.compareTo(PROVEN) > 0 ? FIRST_PAUSE : pause;
        tell(end, lived, pause);
        Thread.sleep(pause);
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isWanted() {
    return !stopping;
  }

  /// One life of the process, and how it ended. A start that fails, in whatever way, is an end like
  /// another: what was missing (a program, room on the disk) may come, and nobody else starts it.
  private String live() throws InterruptedException {
    try {
      Optional<Process> started = launch();
      return started.isPresent()
          ? "ended with exit code " + started.get().waitFor()
          : "is to be stopped";
    } catch (IOException | RuntimeException e) {
      return "could not be started (" + e + ") and was given up";
    }
  }

  private synchronized Optional<Process> launch() throws IOException {
    if (stopping) {
      return Optional.empty();
    }
    ProcessBuilder builder =
        new ProcessBuilder(spec.command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log(spec.name()).toFile()));
    builder.environment().putAll(spec.environment());
    Process started = builder.start();
    process = started;
    try {
      new PidFile(folder.pid(spec.name())).write(started.toHandle());
    } catch (UncheckedIOException e) {
      // Nobody could clear it after a kill, and the next try would start a second one beside it.
      started.destroyForcibly();
      throw e;
    }
    return Optional.of(started);
  }

  private void tell(String end, Duration lived, Duration pause) {
    if (!isWanted()) {
      return;
    }
    say.accept(
        "%s %s after %.1f s; starting it again in %.1f s (its log: %s)"
            .formatted(
                spec.name(),
                end,
                lived.toMillis() / 1000.0,
                pause.toMillis() / 1000.0,
                folder.log(spec.name())));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
