package io.changeover.migrator.work;

import io.changeover.inventory.Topology;
import io.changeover.migrator.act.CliFailures;
import io.changeover.migrator.preflight.content.DeclaredPlugins;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.Patience;
import io.changeover.worker.kong.Reach;
import java.nio.file.Path;
import java.util.Optional;

/// What only hybrid or only db-less clusters are asked, beside their rows.
final class PreflightTopology {

  private PreflightTopology() {}

  static void look(Tools tools, Subject subject, Findings findings) throws InterruptedException {
    if (subject.cluster().topology() == Topology.HYBRID) {
      PreflightHybrid.look(tools, subject, findings);
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

  private static void parses(Tools tools, Side side, String file, Findings findings) {
    CommandResult result =
        KongCli.configParse(side.target(), file, Patience.reading(tools.settings().reading()));
    if (result.exitedCleanly() && result.says("parse successful")) {
      findings.fact(
          "db-less.parses",
          side.release() + " takes the declarative file",
          "`kong config parse` says `parse successful`");
      boolean here =
          switch (Reach.of(side.target().command())) {
            case LOCAL, SUDO -> true;
            case CONTAINER, REMOTE -> false;
          };
      DeclaredPlugins.look(here ? Optional.of(Path.of(file)) : Optional.empty(), findings);
    } else {
      findings.blocker(
          "db-less.parse",
          side.release() + " does not take the declarative file",
          CliFailures.doubt("`kong config parse`", result).reason(),
          result.ending() == CommandResult.Ending.EXITED
              ? "correct the file, then retry the phase"
              : "correct the command in the inventory, or give this machine what it lacks");
    }
  }
}
