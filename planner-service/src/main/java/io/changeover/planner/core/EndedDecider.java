package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeState.Ended;
import java.util.List;

/// After the end: every request is refused, every report is recorded as too late.
final class EndedDecider {
  private EndedDecider() {}

  static List<UpgradeEvent> decide(Ended state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.ended(state, answer);
      case Request.Pause pause -> Refusals.ended(state, pause);
      case Request.Resume resume -> Refusals.ended(state, resume);
      case Request.Abort abort -> Refusals.ended(state, abort);
      case Request.Retry retry -> Refusals.ended(state, retry);
      case Report report -> Strays.ended(state, report);
      case UpgradeInput.TimerFired _, UpgradeInput.Admitted _ -> List.of();
    };
  }
}
