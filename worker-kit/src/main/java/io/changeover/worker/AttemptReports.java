package io.changeover.worker;

import io.changeover.messages.Failure;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.schemas.Messages;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The reports of one attempt, in order: STARTED, any number of PROGRESS, then one last and nothing
/// after it.
final class AttemptReports {

  static {
    // Avro makes instances only of classes that it was told to trust; loading this tells it.
    Objects.requireNonNull(Messages.ALL);
  }

  private final Accepted accepted;
  private final String worker;
  private final ReportSender sender;
  private final Clock clock;
  private Map<String, String> latest = Map.of();
  private int count;
  private boolean closed;

  AttemptReports(Accepted accepted, String worker, ReportSender sender, Clock clock) {
    this.accepted = accepted;
    this.worker = worker;
    this.sender = sender;
    this.clock = clock;
  }

  synchronized void started() {
    send(report(ReportKind.STARTED).build());
  }

  synchronized void progress(Map<String, String> facts) {
    latest = Map.copyOf(facts);
    heartbeat();
  }

  synchronized void heartbeat() {
    if (!closed) {
      send(report(ReportKind.PROGRESS).setFacts(latest).build());
    }
  }

  /// The last report.
  ///
  /// @return done when the broker has it, failed when it can't be had
  synchronized CompletionStage<?> last(Outcome outcome) {
    if (closed) {
      return CompletableFuture.completedFuture(null);
    }
    closed = true;
    return send(
        switch (outcome) {
          case Outcome.Done done ->
              report(ReportKind.COMPLETED)
                  .setFacts(done.facts())
                  .setFindings(done.findings())
                  .build();
          case Outcome.Failed failed ->
              report(ReportKind.FAILED)
                  .setFacts(failed.facts())
                  .setFindings(failed.findings())
                  .setFailure(failure(failed))
                  .build();
        });
  }

  private static Failure failure(Outcome.Failed failed) {
    return Failure.newBuilder()
        .setKind(failed.kind())
        .setReason(failed.reason())
        .setExpected(failed.expected())
        .setRemedy(failed.remedy())
        .build();
  }

  /// Nothing is sent any more.
  synchronized void close() {
    closed = true;
  }

  private CompletionStage<?> send(PhaseReport report) {
    return sender.send(report, accepted.traceparent());
  }

  private PhaseReport.Builder report(ReportKind kind) {
    PhaseCommand command = accepted.command();
    count++;
    return PhaseReport.newBuilder()
        .setId(command.getId() + "/" + kind + "/" + count)
        .setUpgrade(command.getUpgrade())
        .setCluster(command.getCluster())
        .setPhase(command.getPhase())
        .setAttempt(command.getAttempt())
        .setWorker(worker)
        .setKind(kind)
        .setAt(clock.instant());
  }
}
