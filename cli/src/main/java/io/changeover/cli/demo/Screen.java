package io.changeover.cli.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The terminal: lines that stay, and on a real one a last line that changes.
final class Screen {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean live;
  private final Instant since = Instant.now();
  private String status = "";
  private Instant lastPlain = Instant.EPOCH;
  private boolean closed;

  Screen(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /// The process's own terminal.
  static Screen ofTerminal() {
    // Without a terminal there is no console, or one that says so: JDKs differ.
    boolean live = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Screen(System.out, live);
  }

  /// A line that stays, with the time since the start.
  synchronized void say(String line) {
    print("%6.1f s  %s".formatted(elapsed().toMillis() / 1000.0, line));
  }

  /// Lines that stay, as they are.
  synchronized void print(String text) {
    if (live) {
      out.print(CLEAR_LINE);
    }
    out.println(text);
    if (live && !closed) {
      out.print(status);
    }
    out.flush();
  }

  /// The line that changes; where the output is no terminal, one every few seconds that stays.
  synchronized void status(String line) {
    if (closed) {
      return;
    }
    status = line;
    Instant now = Instant.now();
    if (live) {
      out.print(CLEAR_LINE + line);
      out.flush();
    } else if (Duration.between(lastPlain, now).compareTo(PLAIN_EVERY) >= 0) {
      lastPlain = now;
      say(line);
    }
  }

  /// From now on nothing changes any more.
  synchronized void endStatus() {
    if (live && !closed) {
      out.print(CLEAR_LINE);
      out.flush();
    }
    closed = true;
    status = "";
  }

  Duration elapsed() {
    return Duration.between(since, Instant.now());
  }
}
