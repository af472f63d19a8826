package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.StartRefused;
import io.changeover.planner.core.UpgradeEvent.UpgradeAdmitted;
import io.changeover.planner.core.UpgradeEvent.UpgradeCancelled;
import io.changeover.planner.core.UpgradeEvent.UpgradeStarted;
import io.changeover.planner.core.UpgradeState.Queued;
import java.util.List;
import java.util.stream.Stream;

/// Before anything is done: the start, and the wait for room.
final class BeginningDecider {
  private BeginningDecider() {}

  static List<UpgradeEvent> notStarted(UpgradeInput input) {
    return switch (input) {
      case Request.Opening opening -> start(opening);
      case Request request -> Refusals.unknownUpgrade(request, request.upgrade().value());
      case Report report ->
          Refusals.unknownUpgrade(
              report, "a report of phase " + report.phase() + " from worker " + report.worker());
      case UpgradeInput.TimerFired _, UpgradeInput.Admitted _ -> List.of();
    };
  }

  private static List<UpgradeEvent> start(Request.Opening start) {
    return switch (Planning.plan(start)) {
      case Planning.Possible possible ->
          List.of(
              new UpgradeStarted(
                  start.at(),
                  start.upgrade(),
                  start.cluster(),
                  possible.plan(),
                  start.by(),
                  start.reason()));
      case Planning.Impossible impossible ->
          List.of(
              new StartRefused(
                  start.at(), start.upgrade(), start.cluster(), start.by(), impossible.refusals()));
    };
  }

  static List<UpgradeEvent> queued(Queued state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.notAdmitted(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort ->
          List.of(new UpgradeCancelled(abort.at(), abort.by(), abort.reason()));
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> List.of(Strays.refuse(state, report));
      case UpgradeInput.TimerFired _ -> List.of();
      case UpgradeInput.Admitted admitted ->
          Stream.concat(
                  Stream.of(new UpgradeAdmitted(admitted.at())),
                  Forward.begin(state.run(), 1, admitted.at()).stream())
              .toList();
    };
  }
}
