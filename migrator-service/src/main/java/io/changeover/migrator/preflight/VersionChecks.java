package io.changeover.migrator.preflight;

import io.changeover.inventory.Edition;
import io.changeover.inventory.KongVersion;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern FOURTH = Pattern.compile("^\\d+\\.\\d+\\.\\d+\\.(\\d{1,5})");

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

  /// One step of the way, forward; from Community to Enterprise on the same base.
  public static void path(KongVersion blue, KongVersion green, Findings findings) {
    boolean apart = blue.edition() != green.edition();
    String step = "from " + named(blue, apart) + " to " + named(green, apart);
    if (allowed(blue, green)) {
      findings.fact("version.path", step + " is one step", "upgrade guide");
    } else {
      findings.blocker(
          "version.path",
          step + " is no step of the upgrade path",
          "0.36 → 1.3 → 1.5 → 2.1 → 2.2, a later patch of the same line, or Community to Enterprise"
              + " of the same base",
          "go step by step");
    }
  }

  private static String named(KongVersion version, boolean withEdition) {
    String edition =
        switch (version.edition()) {
          case COMMUNITY -> " of Community";
          case ENTERPRISE -> " of Enterprise";
        };
    return version.version() + (withEdition ? edition : "");
  }

  static boolean allowed(KongVersion blue, KongVersion green) {
    Optional<Release> from = Release.in(blue.version());
    Optional<Release> to = Release.in(green.version());
    if (from.isEmpty() || !from.equals(to)) {
      return from.isPresent() && to.isPresent() && allowed(from.orElseThrow(), to.orElseThrow());
    }
    return (blue.edition() == Edition.COMMUNITY && green.edition() == Edition.ENTERPRISE)
        || fourth(green.version()) > fourth(blue.version());
  }

  /// Enterprise's own number behind the base.
  private static int fourth(String version) {
    Matcher matcher = FOURTH.matcher(version);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
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
