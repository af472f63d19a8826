package io.changeover.planner.journal;

import io.changeover.messages.AbortUpgrade;
import io.changeover.messages.AnswerGate;
import io.changeover.messages.ClusterView;
import io.changeover.messages.Failure;
import io.changeover.messages.Finding;
import io.changeover.messages.InstallCluster;
import io.changeover.messages.PauseUpgrade;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ResumeUpgrade;
import io.changeover.messages.RetryPhase;
import io.changeover.messages.Severity;
import io.changeover.messages.StartUpgrade;
import io.changeover.planner.core.ClusterName;
import io.changeover.planner.core.FailureKind;
import io.changeover.planner.core.Report;
import io.changeover.planner.core.ReportKind;
import io.changeover.planner.core.Request;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Messages as inputs of the core. What the core cannot have in its types (unknown kinds, empty
/// names) becomes an `UNKNOWN` or an [UnreadableRecord] here.
final class InputCodec {
  private final String id;
  private final Instant at;
  private final long seed;
  private final UpgradeId upgrade;

  InputCodec(String id, Instant at, long seed, UpgradeId upgrade) {
    this.id = id;
    this.at = at;
    this.seed = seed;
    this.upgrade = upgrade;
  }

  UpgradeInput timer() {
    return new UpgradeInput.TimerFired(id, at, seed);
  }

  UpgradeInput admission() {
    return new UpgradeInput.Admitted(id, at, seed);
  }

  UpgradeInput message(SpecificRecord message, @Nullable ClusterView cluster) {
    return switch (message) {
      case StartUpgrade start -> start(start, cluster);
      case InstallCluster install -> install(install, cluster);
      case AnswerGate m ->
          new Request.Answer(
              id,
              at,
              seed,
              upgrade,
              name(m.getCluster()),
              m.getBy(),
              m.getReason(),
              m.getGate(),
              m.getAnswer());
      case PauseUpgrade m ->
          new Request.Pause(id, at, seed, upgrade, name(m.getCluster()), m.getBy(), m.getReason());
      case ResumeUpgrade m ->
          new Request.Resume(id, at, seed, upgrade, name(m.getCluster()), m.getBy(), m.getReason());
      case AbortUpgrade m ->
          new Request.Abort(id, at, seed, upgrade, name(m.getCluster()), m.getBy(), m.getReason());
      case RetryPhase m ->
          new Request.Retry(id, at, seed, upgrade, name(m.getCluster()), m.getBy(), m.getReason());
      case PhaseReport report -> report(report);
      default -> throw new UnreadableRecord("a request or a report", message.getSchema().getName());
    };
  }

  private Request start(StartUpgrade m, @Nullable ClusterView cluster) {
    String running = cluster == null ? null : cluster.getRunningUpgrade();
    return new Request.Start(
        id,
        at,
        seed,
        upgrade,
        name(m.getCluster()),
        m.getBy(),
        m.getReason(),
        m.getToVersion(),
        m.getFromVersion(),
        accepted(m),
        m.getPlugins(),
        cluster == null ? null : ClusterCodec.snapshot(cluster),
        running == null ? null : new UpgradeId(running));
  }

  /// `acceptDowntime: [1.5-2.1]` is the acknowledgement `downtime:1.5-2.1` in other words.
  private static List<String> accepted(StartUpgrade m) {
    return Stream.concat(
            m.getAcknowledgements().stream(),
            m.getAcceptDowntime().stream().map(hop -> "downtime:" + hop))
        .distinct()
        .toList();
  }

  private Request install(InstallCluster m, @Nullable ClusterView cluster) {
    String running = cluster == null ? null : cluster.getRunningUpgrade();
    return new Request.Install(
        id,
        at,
        seed,
        upgrade,
        name(m.getCluster()),
        m.getBy(),
        m.getReason(),
        m.getToVersion(),
        m.getAcknowledgements(),
        m.getPlugins(),
        cluster == null ? null : ClusterCodec.snapshot(cluster),
        running == null ? null : new UpgradeId(running));
  }

  private Report report(PhaseReport m) {
    Failure failure = m.getFailure();
    return new Report(
        id,
        at,
        seed,
        name(m.getCluster()),
        m.getPhase(),
        m.getAttempt(),
        m.getWorker(),
        kind(m.getKind()),
        new TreeMap<>(m.getFacts()),
        m.getFindings().stream()
            .filter(finding -> finding.getSeverity() == Severity.BLOCKER)
            .map(Finding::getMessage)
            .toList(),
        failure == null
            ? null
            : new Report.Failure(
                kind(failure.getKind()),
                failure.getReason(),
                failure.getExpected(),
                failure.getRemedy()));
  }

  private static ReportKind kind(io.changeover.messages.ReportKind kind) {
    return switch (kind) {
      case UNKNOWN -> ReportKind.UNKNOWN;
      case STARTED -> ReportKind.STARTED;
      case PROGRESS -> ReportKind.PROGRESS;
      case COMPLETED -> ReportKind.COMPLETED;
      case FAILED -> ReportKind.FAILED;
    };
  }

  private static FailureKind kind(io.changeover.messages.FailureKind kind) {
    return switch (kind) {
      case UNKNOWN -> FailureKind.UNKNOWN;
      case RETRYABLE -> FailureKind.RETRYABLE;
      case FATAL -> FailureKind.FATAL;
      case BREACHED -> FailureKind.BREACHED;
      case INCONCLUSIVE -> FailureKind.INCONCLUSIVE;
    };
  }

  private static ClusterName name(String cluster) {
    if (cluster.isBlank()) {
      throw new UnreadableRecord("the name of a cluster", cluster);
    }
    return new ClusterName(cluster);
  }
}
