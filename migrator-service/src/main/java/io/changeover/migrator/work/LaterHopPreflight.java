package io.changeover.migrator.work;

import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.preflight.VersionChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.Outcome;
import java.util.Map;

/// What can be known now of a hop that begins on what an earlier one leaves: its binary, its
/// settings, its nodes by name, and what the rows that are there now say to it. The rest is looked
/// at by the phase `preflight` of that hop, before anything of it is touched.
final class LaterHopPreflight {

  private LaterHopPreflight() {}

  static Outcome look(Tools tools, Subject subject) throws InterruptedException {
    Findings findings = new Findings();
    VersionChecks.path(subject.blue().version(), subject.green().version(), findings);
    PreflightWork.command(tools, subject, subject.green(), findings);
    SettingsOnTheWay.written(subject, findings);
    PreflightNodes.named(subject.green(), findings);
    rows(tools, subject, findings);
    PreflightWork.savedRows(subject, findings);
    findings.warning(
        "hop.not-yet",
        "schema, locks, load, running nodes and router are looked at when this hop begins",
        "the cluster serves "
            + subject.cluster().serving()
            + ", and this hop begins on what an earlier one leaves",
        "nothing now: the preflight of this hop holds the upgrade before it touches anything; what"
            + " it may find is past the point of no return of the hop before");
    return PreflightWork.verdict(subject, findings, Map.of());
  }

  private static void rows(Tools tools, Subject subject, Findings findings)
      throws InterruptedException {
    try {
      PreflightDatabase.ofLaterHop(tools, subject, findings);
    } catch (UnresolvedSecretException e) {
      PreflightWork.hidden("the datastore", e, findings);
    }
  }
}
