package io.changeover.worker;

import io.changeover.messages.Finding;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.schemas.Ids;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Alarms as reports that belong to no attempt: the planner records them and refuses to act on
/// them.
final class ReportedAlarms implements Alarms {

  private final ReportSender sender;
  private final String worker;
  private final Clock clock;

  ReportedAlarms(ReportSender sender, String worker, Clock clock) {
    this.sender = sender;
    this.worker = worker;
    this.clock = clock;
  }

  @Override
  public CompletionStage<?> raise(String upgrade, String cluster, String watch, Finding finding) {
    String id = Ids.next();
    return sender.send(
        PhaseReport.newBuilder()
            .setId(id)
            .setUpgrade(upgrade)
            .setCluster(cluster)
            .setPhase(watch)
            .setAttempt(0)
            .setWorker(worker)
            .setKind(ReportKind.PROGRESS)
            .setAt(clock.instant())
            .setFindings(List.of(finding))
            .build(),
        "");
  }
}
