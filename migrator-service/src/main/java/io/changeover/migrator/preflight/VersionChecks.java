package io.changeover.migrator.preflight;

import io.changeover.inventory.Edition;
import io.changeover.inventory.KongVersion;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.observe.Since;
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

  private static final Release WORKSPACES = new Release(2, 1, 0);

  /// Enterprise's migrations to 2.1 without the faults that its changelog tells of.
  private static final Since MENDED = Since.of("2.1.4.5");

  private VersionChecks() {}

  /// The command is of the version and edition it stands for.
  public static void command(String side, Build expected, CommandResult answer, Findings findings) {
    Optional<Build> found = answer.exitedCleanly() ? Build.in(answer.stdout()) : Optional.empty();
    found.ifPresentOrElse(
        build -> command(side, expected, build, answer.evidence(), findings),
        () ->
            findings.blocker(
                side + ".command",
                side + "'s `kong version` does not answer",
                answer.evidence(),
                "correct the command in the inventory, or give this machine what it lacks"));
  }

  private static void command(
      String side, Build expected, Build found, String evidence, Findings findings) {
    switch (expected.fit(found)) {
      case SAME ->
          findings.fact(side + ".version", side + "'s command is " + expected.told(), evidence);
      case OTHER ->
          findings.blocker(
              side + ".version",
              side + "'s command is " + found.told() + ", not " + expected.told(),
              evidence,
              "correct the command, the version or its `edition` in the inventory");
      case UNTOLD ->
          findings.warning(
              side + ".version-untold",
              side + "'s command says less than the inventory: " + expected.told(),
              evidence,
              "make sure by the package that it was installed from that it is this one");
    }
  }

  /// A node that is healthy and leaves open which edition or build it is.
  ///
  /// @param node as the inventory calls it
  public static void node(String side, String node, Build expected, Build seen, Findings findings) {
    if (expected.fit(seen) == Build.Fit.UNTOLD) {
      findings.warning(
          side + ".version-untold",
          side + " node " + node + " says less than the inventory: " + expected.told(),
          "`version` of its `/`, or its Via or Server header: " + seen.told(),
          "make sure by the package that it was installed from that it is this one");
    }
  }

  /// One step of the way, forward; from Community to Enterprise on the same base.
  public static void path(KongVersion blue, KongVersion green, Findings findings) {
    if (blue.isRelabelled(green)) {
      findings.fact(
          "version.path",
          green.version() + " is " + green.number() + " on other nodes, with more plugins",
          "the label under the cluster's kong");
      return;
    }
    boolean apart = blue.edition() != green.edition();
    String step = "from " + named(blue, apart) + " to " + named(green, apart);
    if (allowed(blue, green)) {
      findings.fact("version.path", step + " is one step", "upgrade guide");
      migrations(Build.of(blue).orElseThrow(), Build.of(green).orElseThrow(), findings);
    } else {
      findings.blocker(
          "version.path",
          step + " is no step of the upgrade path",
          "0.36 → 1.3 → 1.5 → 2.1 → 2.2, a later patch of the same line, or Community to Enterprise"
              + " of the same base",
          "go step by step");
    }
  }

  private static void migrations(Build from, Build to, Findings findings) {
    boolean hop = from.release().compareTo(WORKSPACES) < 0 && line(to.release()).equals(WORKSPACES);
    if (hop && to.edition().equals(Optional.of(Edition.ENTERPRISE)) && !MENDED.in(to)) {
      findings.warning(
          "version.migration-faults",
          "the migrations of Enterprise 2.1 have faults before " + MENDED,
          to.told()
              + "; Enterprise's changelog: more than 1000 entities are left without workspace (mended"
              + " in 2.1.4.4), admins of several workspaces stop them (2.1.4.3 and 2.1.4.5), Cassandra"
              + " gets several `default` workspaces (2.1.4.1)",
          "upgrade to " + MENDED + " or newer of that line");
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
    Optional<Build> from = Build.of(blue);
    Optional<Build> to = Build.of(green);
    return from.isPresent() && to.isPresent() && allowed(from.orElseThrow(), to.orElseThrow());
  }

  private static boolean allowed(Build from, Build to) {
    boolean sameBase = from.release().equals(to.release());
    if (!from.edition().equals(to.edition())) {
      return sameBase && to.edition().equals(Optional.of(Edition.ENTERPRISE));
    }
    return sameBase
        ? to.fourth().orElse(0) > from.fourth().orElse(0)
        : allowed(from.release(), to.release());
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
