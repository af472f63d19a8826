package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.GateOpened;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradePaused;
import io.changeover.planner.core.UpgradeState.Advancing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Working forward, before the point of no return.
final class ForwardDecider {
  private ForwardDecider() {}

  static List<UpgradeEvent> decide(Advancing state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause ->
          List.of(new UpgradePaused(pause.at(), pause.by(), pause.reason()));
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Forward.back(state, Causes.abort(abort), abort.by(), abort.at());
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> report(state, report);
      case UpgradeInput.TimerFired timer -> timer(state, timer.at());
      case UpgradeInput.Admitted _ -> List.of();
    };
  }

  private static List<UpgradeEvent> report(Advancing state, Report report) {
    return switch (Attempts.judge(state, report)) {
      case Judgement.Stray stray -> List.of(stray.event());
      case Judgement.Alive alive -> List.of(alive.event());
      case Judgement.Unbelievable unbelievable -> List.of(new UpgradeHeld(unbelievable.hold()));
      case Judgement.Done done ->
          Forward.then(
              done.event(),
              Forward.begin(
                  state.run().completed(state.phase(), done.event().facts()), 1, report.at()));
      case Judgement.Failed failed -> failed(state, failed, report.seed());
    };
  }

  private static List<UpgradeEvent> failed(Advancing state, Judgement.Failed failed, long seed) {
    PhaseFailed event = failed.event();
    return switch (event.kind()) {
      case RETRYABLE -> List.of(event, Attempts.laterOrHeld(state, failed, seed));
      case FATAL -> List.of(event, Attempts.held(event, HoldCause.FATAL));
      case UNKNOWN -> List.of(event, Attempts.held(event, HoldCause.UNKNOWN_KIND));
      case BREACHED ->
          Forward.then(
              event, Forward.back(state, Causes.breach(event), Causes.PLANNER, event.at()));
      case INCONCLUSIVE ->
          List.of(
              event,
              new GateOpened(
                  event.at(), "inconclusive-" + event.phase(), OpenGate.Kind.INCONCLUSIVE, null));
    };
  }

  private static List<UpgradeEvent> timer(Advancing state, Instant at) {
    return switch (state.turn()) {
      case Turn.Ready _ -> List.of();
      case Turn.BackingOff backingOff ->
          at.isBefore(backingOff.until())
              ? List.of()
              : Forward.begin(state.run(), backingOff.attempt(), at);
      case Turn.Outstanding out ->
          Attempts.lost(state, out, at).map(lost -> afterLoss(state, out, lost)).orElse(List.of());
    };
  }

  private static List<UpgradeEvent> afterLoss(
      Advancing state, Turn.Outstanding out, AttemptLost lost) {
    Optional<UpgradeHeld> held = Attempts.heldAfter(state, lost, out.tries());
    return Forward.then(
        lost,
        held.map(Attempts::only)
            .orElseGet(() -> Forward.begin(state.run(), out.attempt() + 1, lost.at())));
  }
}
