package io.changeover.worker.kong;

import java.time.Duration;
import java.util.List;

/// What one run of a command left behind. Secrets are masked in every text of it.
///
/// @param argv the words it was started with
/// @param exit its exit code; -1 when it was never started
/// @param stdout the tail of what it printed, at most [Commands#CAPTURED] bytes
/// @param stderr likewise
/// @param took from start to end
public record CommandResult(
    List<String> argv, Ending ending, int exit, String stdout, String stderr, Duration took) {

  /// How it came to an end.
  public enum Ending {
    /// By itself.
    EXITED,
    /// It was asked to end (SIGTERM) because its time was over.
    TIMED_OUT,
    /// It was asked to end (SIGTERM) because its work was called off.
    CANCELLED,
    /// There was nothing to start: no such file, no right to run it, a secret that is not there.
    NOT_STARTED
  }

  private static final int SHOWN = 1200;

  /// Ended by itself with code 0. That is all it means: Kong exits 0 as well when it did nothing.
  public boolean exitedCleanly() {
    return ending == Ending.EXITED && exit == 0;
  }

  /// Whether either stream has these words.
  public boolean says(String words) {
    return stdout.contains(words) || stderr.contains(words);
  }

  /// The call and its answer, short enough for a report.
  public String evidence() {
    String said = (stdout.strip() + "\n" + stderr.strip()).strip();
    String tail = said.length() > SHOWN ? "…" + said.substring(said.length() - SHOWN) : said;
    return "`" + String.join(" ", argv) + "` " + outcome() + (tail.isEmpty() ? "" : ": " + tail);
  }

  private String outcome() {
    return switch (ending) {
      case EXITED -> "exited " + exit;
      case TIMED_OUT -> "ran out of time and exited " + exit;
      case CANCELLED -> "was called off and exited " + exit;
      case NOT_STARTED -> "could not be started";
    };
  }
}
