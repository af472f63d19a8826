package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.GatePassed;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.UpgradeFinished;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeState.Completing;
import io.changeover.planner.core.UpgradeState.CompletingAtGate;
import io.changeover.planner.core.UpgradeState.HeldCommitted;
import java.time.Instant;
import java.util.List;

/// Past the point of no return: forward or held. Nothing in here can turn back, since none of these
/// states is [UpgradeState.Reversible].
final class CommittedDecider {
  private CommittedDecider() {}

  static List<UpgradeEvent> decide(Completing state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.pastPointOfNoReturn(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Refusals.pastPointOfNoReturn(state, abort);
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> report(state, report);
      case UpgradeInput.TimerFired timer -> timer(state, timer.at());
      case UpgradeInput.Admitted _ -> List.of();
    };
  }

  static List<UpgradeEvent> atGate(CompletingAtGate state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Gates.answer(state, answer, () -> answered(state, answer));
      case Request.Pause pause -> Refusals.pastPointOfNoReturn(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Refusals.pastPointOfNoReturn(state, abort);
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> List.of(Strays.refuse(state, report));
      case UpgradeInput.TimerFired timer -> Gates.expire(state, timer.at());
      case UpgradeInput.Admitted _ -> List.of();
    };
  }

  static List<UpgradeEvent> held(HeldCommitted state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.pastPointOfNoReturn(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Refusals.pastPointOfNoReturn(state, abort);
      case Request.Retry retry ->
          Forward.then(
              new HoldReleased(retry.at(), retry.by(), retry.reason()),
              begin(state.run(), state.hold().attempt() + 1, retry.at()));
      case Report report -> List.of(Strays.refuse(state, report));
      case UpgradeInput.TimerFired _, UpgradeInput.Admitted _ -> List.of();
    };
  }

  /// Begins the step at the cursor or the next hop, or ends.
  private static List<UpgradeEvent> begin(Run run, int attempt, Instant at) {
    if (run.atEnd()) {
      return run.lastHop()
          ? List.of(new UpgradeFinished(at))
          : Forward.then(
              new UpgradeEvent.HopCompleted(at, run.hop()), Forward.begin(run.nextHop(), 1, at));
    }
    return switch (run.step()) {
      case Gate gate -> List.of(Forward.open(gate, at));
      case Phase phase ->
          List.of(
              Invariants.hold(run, phase, attempt, at)
                  .<UpgradeEvent>map(held -> held)
                  .orElseGet(() -> Attempts.command(run, phase, attempt, at)));
    };
  }

  private static List<UpgradeEvent> answered(CompletingAtGate state, Request.Answer answer) {
    return answer.answer().equals(Gates.APPROVED)
        ? Forward.then(
            new GatePassed(answer.at(), answer.gate(), answer.by(), answer.reason()),
            begin(state.run().passed(answer.gate()), 1, answer.at()))
        : Gates.rejected(state.gate(), answer);
  }

  private static List<UpgradeEvent> report(Completing state, Report report) {
    return switch (Attempts.judge(state, report)) {
      case Judgement.Stray stray -> List.of(stray.event());
      case Judgement.Alive alive -> List.of(alive.event());
      case Judgement.Unbelievable unbelievable -> List.of(new UpgradeHeld(unbelievable.hold()));
      case Judgement.Done done ->
          Forward.then(
              done.event(),
              begin(state.run().completed(state.phase(), done.event().facts()), 1, report.at()));
      case Judgement.Failed failed -> Attempts.failedWithNoWayBack(state, failed, report.seed());
    };
  }

  private static List<UpgradeEvent> timer(Completing state, Instant at) {
    return switch (state.turn()) {
      case Turn.Ready _ -> List.of();
      case Turn.BackingOff backingOff ->
          at.isBefore(backingOff.until())
              ? List.of()
              : begin(state.run(), backingOff.attempt(), at);
      case Turn.Outstanding out ->
          Attempts.lost(state, out, at).map(lost -> afterLoss(state, out, lost)).orElse(List.of());
    };
  }

  private static List<UpgradeEvent> afterLoss(
      Completing state, Turn.Outstanding out, AttemptLost lost) {
    return Forward.then(
        lost,
        Attempts.heldAfter(state, lost, out.tries())
            .map(Attempts::only)
            .orElseGet(() -> begin(state.run(), out.attempt() + 1, lost.at())));
  }
}
