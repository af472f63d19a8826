package io.changeover.migrator.preflight;

import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.CommandResult;
import java.util.List;
import java.util.Optional;

/// Are these the versions that the inventory says, and may one follow the other?
public final class VersionChecks {

  /// The way of Kong Enterprise, as its upgrade guide gives it. Within a line any later patch will
  /// do.
  private static final List<Release> PATH =
      List.of(
          new Release(0, 36, 0),
          new Release(1, 3, 0),
          new Release(1, 5, 0),
          new Release(2, 1, 0),
          new Release(2, 2, 0));

  private VersionChecks() {}

  /// The command is of the version it stands for.
  public static void command(
      String side, Release expected, CommandResult answer, Findings findings) {
    Optional<Release> found =
        answer.exitedCleanly() ? Release.in(answer.stdout()) : Optional.empty();
    if (found.isEmpty()) {
      findings.blocker(
          side + ".command",
          side + "'s `kong version` does not answer",
          answer.evidence(),
          "correct the command in the inventory");
    } else if (!found.orElseThrow().equals(expected)) {
      findings.blocker(
          side + ".version",
          side + "'s command is " + found.orElseThrow() + ", not " + expected,
          answer.evidence(),
          "correct the command or the version in the inventory");
    } else {
      findings.fact(side + ".version", side + "'s command is " + expected, answer.evidence());
    }
  }

  /// One step of the way, forward.
  public static void path(Release from, Release to, Findings findings) {
    if (allowed(from, to)) {
      findings.fact("version.path", from + " to " + to + " is one step", "upgrade guide");
    } else {
      findings.blocker(
          "version.path",
          "from " + from + " to " + to + " is no step of the upgrade path",
          "0.36 → 1.3 → 1.5 → 2.1 → 2.2, or a later patch of the same line",
          "go step by step");
    }
  }

  static boolean allowed(Release from, Release to) {
    if (line(from).equals(line(to))) {
      return to.compareTo(from) > 0;
    }
    int at = PATH.indexOf(line(from));
    return at >= 0 && at + 1 < PATH.size() && PATH.get(at + 1).equals(line(to));
  }

  private static Release line(Release release) {
    return new Release(release.major(), release.minor(), 0);
  }
}
