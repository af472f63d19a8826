package io.changeover.cli.suite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Processes that are kept running until [#close()], and stopped in the reverse order of their
/// start.
public final class Suite implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final DataFolder folder;
  private final Consumer<String> say;
  private final List<Supervised> processes = new CopyOnWriteArrayList<>();
  private boolean closed;

  /// @param say takes what the operator should know, a line at a time
  public Suite(DataFolder folder, Consumer<String> say) {
    this.folder = folder;
    this.say = say;
  }

  synchronized void start(ProcessSpec spec) {
    if (closed) {
      throw new IllegalStateException("The suite is stopping");
    }
    Supervised supervised = new Supervised(spec, folder, say);
    processes.add(supervised);
    supervised.start();
  }

  /// Waits until all named processes serve.
  ///
  /// @throws IllegalStateException naming those that do not in time, and their logs
  public void await(Duration patience, String... names) throws InterruptedException {
    Instant deadline = Instant.now().plus(patience);
    List<String> missing = new ArrayList<>(List.of(names));
    while (!missing.isEmpty()) {
      for (String name : List.copyOf(missing)) {
        if (find(name).serves()) {
          missing.remove(name);
        }
      }
      if (!missing.isEmpty() && Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Expected %s to serve within %d s, but it does not; see %s"
                .formatted(
                    String.join(", ", missing),
                    patience.toSeconds(),
                    folder.log(missing.getFirst())));
      }
      Thread.sleep(POLL);
    }
  }

  /// The running process of that name.
  public Optional<ProcessHandle> process(String name) {
    return find(name).handle();
  }

  /// Ends one process for good, in order.
  public void end(String name) throws InterruptedException {
    Supervised process = find(name);
    process.stop();
    process.awaitEnd();
  }

  private Supervised find(String name) {
    return processes.stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No process is named " + name));
  }

  /// Ends all at once, for a suite whose data nobody needs any more. Only PostgreSQL is stopped in
  /// order: killed, it would leave shared memory behind.
  public void discard() {
    if (!beginClosing()) {
      return;
    }
    for (Supervised process : processes) {
      if (process.name().equals(Parts.POSTGRES)) {
        process.stop();
      } else {
        process.kill();
      }
    }
    awaitEnds(processes);
  }

  private synchronized boolean beginClosing() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  /// Stops all; services first and at once, then what they stand on. Harmless when repeated.
  @Override
  public void close() {
    if (!beginClosing()) {
      return;
    }
    List<Supervised> services =
        processes.stream().filter(process -> !Parts.isGround(process.name())).toList();
    List<Supervised> ground =
        processes.stream().filter(process -> Parts.isGround(process.name())).toList();
    services.forEach(Supervised::stop);
    awaitEnds(services);
    ground.forEach(Supervised::stop);
    awaitEnds(ground);
  }

  private static void awaitEnds(List<Supervised> all) {
    try {
      for (Supervised one : all) {
        one.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
