package io.changeover.sandbox.kong;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What a command says. Plain lines go to stdout without time and level until `--v` or `--vv` asks
/// for them; warnings and errors always have them and go to stderr.
final class Console {
  /// How much is said: each level includes the ones before it.
  enum Level {
    INFO,
    VERBOSE,
    DEBUG
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  private final PrintStream out;
  private final PrintStream err;
  private Level level = Level.INFO;

  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  void level(Level asked) {
    level = asked;
  }

  boolean isVerbose() {
    return level != Level.INFO;
  }

  /// A line that is said at every level.
  void info(String message) {
    if (isVerbose()) {
      stamped(out, "info", message);
    } else {
      out.println(message);
    }
  }

  void verbose(String message) {
    if (level.compareTo(Level.VERBOSE) >= 0) {
      stamped(out, "verbose", message);
    }
  }

  void debug(String message) {
    if (level == Level.DEBUG) {
      stamped(out, "debug", message);
    }
  }

  void warn(String message) {
    stamped(err, "warn", message);
  }

  void error(String message) {
    stamped(err, "error", message);
  }

  /// A line without time and level at any level.
  void raw(String message) {
    out.println(message);
  }

  /// A prompt, without the end of a line.
  void prompt(String question) {
    out.print(question);
    out.flush();
  }

  void usage(String text) {
    err.print(text);
  }

  /// The end of a command that failed.
  ///
  /// @param where the place in Kong's sources that the message comes from, shown when verbose
  void failed(String where, String words) {
    if (isVerbose()) {
      err.println("Error: ");
      err.println(words.startsWith(Lua.ROOT) ? words : where + ": " + words);
      err.println("stack traceback:");
      err.println(Lua.NO_STACK);
    } else {
      err.println("Error: " + words);
      err.println();
      err.println("  Run with --v (verbose) or --vv (debug) for more details");
    }
  }

  private static void stamped(PrintStream to, String level, String message) {
    String stamp = LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " [" + level + "] ";
    for (String line : message.split("\n", -1)) {
      to.println(stamp + line);
    }
  }
}
