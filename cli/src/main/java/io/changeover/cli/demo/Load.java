package io.changeover.cli.demo;

import io.changeover.cli.suite.Parts;
import io.changeover.cli.suite.Suite;
import io.changeover.sandbox.load.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// The load client, a process like those that it disturbs.
final class Load {
  private static final Duration STARTS = Duration.ofSeconds(60);

  private final Suite suite;
  private final String name;
  private final Path file;
  private final Instant startedAt;

  private Load(Suite suite, String name, Path file) {
    this.suite = suite;
    this.name = name;
    this.file = file;
    this.startedAt = report().startedAt();
  }

  /// Starts to send, and waits until it does.
  ///
  /// @param name in the suite
  /// @param port of the router
  /// @param seed of what the cluster holds
  static Load start(Suite suite, Parts parts, String name, int port, long seed)
      throws InterruptedException {
    Path file = parts.startLoad(suite, name, "127.0.0.1:" + port, seed);
    suite.await(STARTS, name);
    return new Load(suite, name, file);
  }

  /// What it has seen so far, at most a moment old.
  LoadReport report() {
    try {
      return LoadReport.ofJson(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected the load client's report in %s, but %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Ends it, and waits until what it sent has been answered or has failed.
  LoadReport stop() throws InterruptedException {
    suite.end(name);
    return report();
  }

  /// When it began. A report that began later is one of a client that died and was started again,
  /// and does not count what the first one saw.
  Instant startedAt() {
    return startedAt;
  }
}
