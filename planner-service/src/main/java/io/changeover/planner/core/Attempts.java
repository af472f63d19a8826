package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.HeartbeatSeen;
import io.changeover.planner.core.UpgradeEvent.PhaseCommanded;
import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.PhaseStarted;
import io.changeover.planner.core.UpgradeEvent.RetryScheduled;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeState.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One attempt of one phase, the same in every stage: commanding it, believing its reports, missing
/// its heartbeats, trying again.
final class Attempts {
  private static final Report.Failure UNNAMED =
      new Report.Failure(
          FailureKind.UNKNOWN,
          "the report is FAILED without saying why",
          "a failure with kind and reason",
          "Look at the worker's log, then retry the phase.");

  private Attempts() {}

  static PhaseCommanded command(Run run, Phase phase, int attempt, Instant at) {
    return new PhaseCommanded(
        at,
        phase.name(),
        attempt,
        run.order() + 1,
        at.plus(phase.deadline()),
        heartbeatBy(run, phase, at));
  }

  private static @Nullable Instant heartbeatBy(Run run, Phase phase, Instant at) {
    return phase.worker() == Worker.RUNBOOK
        ? null
        : at.plus(run.plan().patience().heartbeatTimeout());
  }

  static Judgement judge(Working state, Report report) {
    return switch (state.turn()) {
      case Turn.Ready _, Turn.BackingOff _ -> new Judgement.Stray(Strays.refuse(state, report));
      case Turn.Outstanding out ->
          belongs(state, out, report)
              ? judge(state, out, report)
              : new Judgement.Stray(Strays.refuse(state, report));
    };
  }

  private static boolean belongs(Working state, Turn.Outstanding out, Report report) {
    return report.cluster().equals(state.cluster())
        && report.phase().equals(state.phase().name())
        && report.attempt() == out.attempt();
  }

  private static Judgement judge(Working state, Turn.Outstanding out, Report report) {
    Phase phase = state.phase();
    Instant at = report.at();
    Instant nextBy = heartbeatBy(state.run(), phase, at);
    return switch (report.kind()) {
      case STARTED ->
          out.started()
              ? new Judgement.Stray(Strays.again(state, report))
              : new Judgement.Alive(
                  new PhaseStarted(at, phase.name(), out.attempt(), report.worker(), nextBy));
      case PROGRESS -> new Judgement.Alive(new HeartbeatSeen(at, nextBy));
      case COMPLETED -> completed(state, out, report);
      case FAILED -> failed(phase, out, report);
      case UNKNOWN ->
          new Judgement.Unbelievable(
              new Hold(
                  HoldCause.UNKNOWN_KIND,
                  "worker " + report.worker() + " sent a report of a kind unknown here",
                  "STARTED, PROGRESS, COMPLETED or FAILED",
                  "Bring planner and workers to one version, then retry the phase.",
                  phase.name(),
                  out.attempt(),
                  at));
    };
  }

  private static Judgement completed(Working state, Turn.Outstanding out, Report report) {
    Phase phase = state.phase();
    Optional<String> lacking =
        report.blockers().isEmpty()
            ? Proof.lacks(
                state.run().current().procedure(),
                state.run().evidence().seen(),
                phase,
                report.facts())
            : Optional.of("no blockers (got " + report.blockers() + ")");
    if (lacking.isEmpty()) {
      return new Judgement.Done(
          new PhaseCompleted(
              report.at(),
              phase.name(),
              out.attempt(),
              Downtime.measured(state.run(), phase, report)));
    }
    return new Judgement.Unbelievable(
        new Hold(
            HoldCause.EVIDENCE_MISSING,
            "worker " + report.worker() + " says COMPLETED and does not prove it",
            lacking.get(),
            "Look at the cluster before retrying: nothing is known about this phase's effect.",
            phase.name(),
            out.attempt(),
            report.at()));
  }

  private static Judgement failed(Phase phase, Turn.Outstanding out, Report report) {
    Report.Failure failure = report.failure() == null ? UNNAMED : report.failure();
    return new Judgement.Failed(
        new PhaseFailed(
            report.at(),
            phase.name(),
            out.attempt(),
            failure.kind(),
            failure.reason(),
            failure.expected(),
            failure.remedy()),
        out.tries());
  }

  /// Whether the attempt that is out has run out of time or of breath.
  static Optional<AttemptLost> lost(Working state, Turn.Outstanding out, Instant at) {
    String phase = state.phase().name();
    if (!at.isBefore(out.deadline())) {
      return Optional.of(
          new AttemptLost(at, phase, out.attempt(), "no end by the deadline, " + out.deadline()));
    }
    Instant heartbeatBy = out.heartbeatBy();
    if (heartbeatBy != null && !at.isBefore(heartbeatBy)) {
      return Optional.of(
          new AttemptLost(
              at,
              phase,
              out.attempt(),
              "nothing heard from the " + state.phase().worker().word() + " by " + heartbeatBy));
    }
    return Optional.empty();
  }

  static boolean exhausted(Working state, int tries) {
    return tries >= state.run().plan().patience().maxAttempts();
  }

  /// The wait before the next attempt.
  static RetryScheduled later(Working state, Judgement.Failed failed, long seed) {
    PhaseFailed event = failed.event();
    Duration base = state.run().plan().patience().backoff();
    return new RetryScheduled(
        event.at(),
        event.phase(),
        event.attempt() + 1,
        event.at().plus(Backoff.after(failed.tries(), base, seed)));
  }

  /// After a retryable failure: wait for the next attempt, or stand still.
  static UpgradeEvent laterOrHeld(Working state, Judgement.Failed failed, long seed) {
    return exhausted(state, failed.tries())
        ? held(failed.event(), HoldCause.ATTEMPTS_EXHAUSTED)
        : later(state, failed, seed);
  }

  /// Where nothing can turn back, or has turned back already: the same again, or a person.
  static List<UpgradeEvent> failedWithNoWayBack(Working state, Judgement.Failed failed, long seed) {
    PhaseFailed event = failed.event();
    return List.of(
        event,
        switch (event.kind()) {
          case RETRYABLE -> laterOrHeld(state, failed, seed);
          case FATAL -> held(event, HoldCause.FATAL);
          case UNKNOWN -> held(event, HoldCause.UNKNOWN_KIND);
          case BREACHED -> held(event, HoldCause.BREACHED);
          case INCONCLUSIVE -> held(event, HoldCause.INCONCLUSIVE);
        });
  }

  /// After a lost attempt: nothing when there may be another one. A runbook is never run again
  /// unasked.
  static Optional<UpgradeHeld> heldAfter(Working state, AttemptLost lost, int tries) {
    boolean runbook = state.phase().worker() == Worker.RUNBOOK;
    if (!runbook && !exhausted(state, tries)) {
      return Optional.empty();
    }
    return Optional.of(
        new UpgradeHeld(
            new Hold(
                runbook ? HoldCause.RUNBOOK_SILENT : HoldCause.ATTEMPTS_EXHAUSTED,
                lost.reason() + " (attempt " + lost.attempt() + ")",
                "a last report from the " + state.phase().worker().word(),
                "Find out whether it still works at it, then retry the phase.",
                lost.phase(),
                lost.attempt(),
                lost.at())));
  }

  static UpgradeHeld held(PhaseFailed failed, HoldCause cause) {
    String remedy =
        failed.remedy().isBlank() ? "Remove the cause, then retry the phase." : failed.remedy();
    return new UpgradeHeld(
        new Hold(
            cause,
            failed.reason(),
            failed.expected(),
            remedy,
            failed.phase(),
            failed.attempt(),
            failed.at()));
  }

  static List<UpgradeEvent> only(UpgradeEvent event) {
    return List.of(event);
  }
}
