package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.AttemptLost;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradeRolledBack;
import io.changeover.planner.core.UpgradeState.RollbackHeld;
import io.changeover.planner.core.UpgradeState.RollingBack;
import java.time.Instant;
import java.util.List;

/// On the way back. It ends, or it is held until a person says retry; it never turns forward again.
final class RollbackDecider {
  private RollbackDecider() {}

  static List<UpgradeEvent> decide(RollingBack state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.rollingBack(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Refusals.rollingBack(state, abort);
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> report(state, report);
      case UpgradeInput.TimerFired timer -> timer(state, timer.at());
      case UpgradeInput.Admitted _ -> List.of();
    };
  }

  static List<UpgradeEvent> held(RollbackHeld state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.rollingBack(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Refusals.rollingBack(state, abort);
      case Request.Retry retry ->
          List.of(
              new HoldReleased(retry.at(), retry.by(), retry.reason()),
              Attempts.command(
                  state.run(),
                  state.retreat().phase(state.run()),
                  state.hold().attempt() + 1,
                  retry.at()));
      case Report report -> List.of(Strays.refuse(state, report));
      case UpgradeInput.TimerFired _, UpgradeInput.Admitted _ -> List.of();
    };
  }

  private static List<UpgradeEvent> report(RollingBack state, Report report) {
    return switch (Attempts.judge(state, report)) {
      case Judgement.Stray stray -> List.of(stray.event());
      case Judgement.Alive alive -> List.of(alive.event());
      case Judgement.Unbelievable unbelievable -> List.of(new UpgradeHeld(unbelievable.hold()));
      case Judgement.Done done -> List.of(done.event(), next(state, report));
      case Judgement.Failed failed -> Attempts.failedWithNoWayBack(state, failed, report.seed());
    };
  }

  private static UpgradeEvent next(RollingBack state, Report report) {
    Retreat retreat = state.retreat().next();
    return retreat.atEnd()
        ? new UpgradeRolledBack(report.at(), Retreat.leftBy(state.run(), report.facts()))
        : Attempts.command(state.run(), retreat.phase(state.run()), 1, report.at());
  }

  private static List<UpgradeEvent> timer(RollingBack state, Instant at) {
    return switch (state.turn()) {
      case Turn.Ready _ -> List.of();
      case Turn.BackingOff backingOff ->
          at.isBefore(backingOff.until())
              ? List.of()
              : List.of(Attempts.command(state.run(), state.phase(), backingOff.attempt(), at));
      case Turn.Outstanding out ->
          Attempts.lost(state, out, at).map(lost -> afterLoss(state, out, lost)).orElse(List.of());
    };
  }

  private static List<UpgradeEvent> afterLoss(
      RollingBack state, Turn.Outstanding out, AttemptLost lost) {
    UpgradeEvent next =
        Attempts.heldAfter(state, lost, out.tries())
            .<UpgradeEvent>map(held -> held)
            .orElseGet(
                () -> Attempts.command(state.run(), state.phase(), out.attempt() + 1, lost.at()));
    return List.of(lost, next);
  }
}
