package io.changeover.planner.core;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What happened. Each one says all that the state takes from it, so that folding needs no input.
public sealed interface UpgradeEvent {
  /// When it was decided.
  Instant at();

  /// About the phase at the cursor.
  sealed interface OfPhase extends UpgradeEvent {}

  /// About a gate.
  sealed interface OfGate extends UpgradeEvent {}

  /// A request was sound, and this is what will be done.
  record UpgradeStarted(
      Instant at, UpgradeId upgrade, ClusterName cluster, Plan plan, String by, String reason)
      implements UpgradeEvent {}

  /// A start cannot work; every reason at once.
  record StartRefused(
      Instant at, UpgradeId upgrade, ClusterName cluster, String by, List<Refusal> refusals)
      implements UpgradeEvent {
    public StartRefused {
      refusals = List.copyOf(refusals);
    }
  }

  /// Somebody asked for what is not possible now. Changes nothing.
  record RequestRefused(Instant at, String by, Refusal refusal) implements UpgradeEvent {}

  /// A report does not belong to what runs. Changes nothing.
  record ReportRefused(Instant at, String phase, int attempt, String worker, Refusal refusal)
      implements UpgradeEvent {}

  /// There was room: it goes.
  record UpgradeAdmitted(Instant at) implements UpgradeEvent {}

  /// Taken back before anything was done.
  record UpgradeCancelled(Instant at, String by, String reason) implements UpgradeEvent {}

  /// One attempt of a phase is asked of its worker.
  record PhaseCommanded(
      Instant at,
      String phase,
      int attempt,
      long order,
      Instant deadline,
      @Nullable Instant heartbeatBy)
      implements OfPhase {}

  /// The worker began.
  record PhaseStarted(
      Instant at, String phase, int attempt, String worker, @Nullable Instant heartbeatBy)
      implements OfPhase {}

  /// The worker is alive.
  record HeartbeatSeen(Instant at, @Nullable Instant heartbeatBy) implements OfPhase {}

  /// The phase is done, and these facts prove it.
  record PhaseCompleted(Instant at, String phase, int attempt, SortedMap<String, String> facts)
      implements OfPhase {
    public PhaseCompleted {
      facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
  }

  /// The worker gave up on this attempt.
  record PhaseFailed(
      Instant at,
      String phase,
      int attempt,
      FailureKind kind,
      String reason,
      String expected,
      String remedy)
      implements OfPhase {}

  /// The worker fell silent or ran out of time.
  record AttemptLost(Instant at, String phase, int attempt, String reason) implements OfPhase {}

  /// The next attempt comes later.
  record RetryScheduled(Instant at, String phase, int attempt, Instant due) implements OfPhase {}

  /// It waits at a gate.
  record GateOpened(Instant at, String gate, OpenGate.Kind kind, @Nullable Instant deadline)
      implements OfGate {}

  /// Somebody said yes.
  record GatePassed(Instant at, String gate, String by, String reason) implements OfGate {}

  /// Somebody said no; what follows says what that means.
  record GateRejected(Instant at, String gate, String by, String reason) implements OfGate {}

  /// No further phase is commanded.
  record UpgradePaused(Instant at, String by, String reason) implements UpgradeEvent {}

  /// It goes on.
  record UpgradeResumed(Instant at, String by, String reason) implements UpgradeEvent {}

  /// It stands still until a person acts.
  record UpgradeHeld(Hold hold) implements UpgradeEvent {
    @Override
    public Instant at() {
      return hold.since();
    }
  }

  /// A person gave the phase that it was held in a fresh budget.
  record HoldReleased(Instant at, String by, String reason) implements UpgradeEvent {}

  /// It goes back.
  record RollbackStarted(Instant at, String cause, String by, List<String> phases)
      implements UpgradeEvent {
    public RollbackStarted {
      phases = List.copyOf(phases);
    }
  }

  /// Blue serves again.
  ///
  /// @param leftPending what stays in the datastore, empty for nothing: migrations that are
  ///   pending, or green's keyspace
  record UpgradeRolledBack(Instant at, String leftPending) implements UpgradeEvent {}

  /// From here nothing rolls back.
  record PointOfNoReturnPassed(Instant at) implements UpgradeEvent {}

  /// A hop is done and verified; its green is the next hop's blue, and nothing of it goes back.
  ///
  /// @param hop its index in the plan
  record HopCompleted(Instant at, int hop) implements UpgradeEvent {}

  /// Green serves, finished and verified.
  record UpgradeFinished(Instant at) implements UpgradeEvent {}
}
