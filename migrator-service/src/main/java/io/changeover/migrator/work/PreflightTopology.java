package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.inventory.Role;
import io.changeover.inventory.Topology;
import io.changeover.migrator.act.CliFailures;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What only hybrid or only db-less clusters are asked, beside their rows.
final class PreflightTopology {

  private PreflightTopology() {}

  static void look(Tools tools, Subject subject, Findings findings) {
    if (subject.cluster().topology() == Topology.HYBRID) {
      window(subject, findings);
      subject
          .blue()
          .only(Optional.of(Role.DATA_PLANE))
          .nodes()
          .forEach(node -> cache(node, findings));
    }
    file(tools, subject, findings);
  }

  /// Whether green's binary takes the declarative file, where there is one.
  static void file(Tools tools, Subject subject, Findings findings) {
    subject
        .green()
        .version()
        .declarative()
        .ifPresent(file -> parses(tools, subject.green(), file, findings));
  }

  private static void window(Subject subject, Findings findings) {
    if (subject.blue().release().equals(subject.green().release()) || subject.fresh()) {
      return;
    }
    findings.warning(
        "hybrid.window",
        "no data plane of "
            + subject.blue().release()
            + " may be started or restarted by anybody until the upgrade ends",
        "it rejects the configuration of a "
            + subject.green().release()
            + " control plane; without a cache file it answers 404 to everything",
        "switch off what restarts data planes (autoscaler, systemd timers) for the time of the upgrade");
  }

  private static void cache(Node node, Findings findings) {
    if (node.cacheFile().isEmpty()) {
      risk(node, "the inventory names no `cacheFile` of it", findings);
      return;
    }
    Path file = Path.of(node.cacheFile().orElseThrow());
    try {
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        findings.fact(
            "hybrid.cache",
            "data plane " + node.name() + " has a written cache file",
            file + ": " + Files.size(file) + " bytes");
      } else {
        risk(node, "no file of that name, or an empty one, is seen from here", findings);
      }
    } catch (java.io.IOException e) {
      risk(node, "it could not be looked at: " + e.getClass().getSimpleName(), findings);
    }
  }

  private static void risk(Node node, String evidence, Findings findings) {
    findings.warning(
        "hybrid.no-cache",
        "data plane " + node.name() + " has no cache file that is known to be written",
        evidence,
        "without one a restart while its control plane is away answers 404 to everything: make its prefix writable for"
            + " nginx's user, and name the file as `cacheFile`");
  }

  private static void parses(Tools tools, Side side, String file, Findings findings) {
    CommandResult result =
        KongCli.configParse(side.target(), file, Patience.reading(tools.settings().reading()));
    if (result.exitedCleanly() && result.says("parse successful")) {
      findings.fact(
          "db-less.parses",
          side.release() + " takes the declarative file",
          "`kong config parse` says `parse successful`");
    } else {
      findings.blocker(
          "db-less.parse",
          side.release() + " does not take the declarative file",
          CliFailures.doubt("`kong config parse`", result).reason(),
          "correct the file, then retry the phase");
    }
  }
}
