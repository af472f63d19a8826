package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.GatePassed;
import io.changeover.planner.core.UpgradeEvent.GateRejected;
import io.changeover.planner.core.UpgradeEvent.HoldReleased;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeEvent.UpgradePaused;
import io.changeover.planner.core.UpgradeEvent.UpgradeResumed;
import io.changeover.planner.core.UpgradeState.AtGate;
import io.changeover.planner.core.UpgradeState.Held;
import io.changeover.planner.core.UpgradeState.Paused;
import java.util.List;

/// Waiting on a person, before the point of no return: at a gate, held, or paused with nothing out.
final class WaitingDecider {
  private WaitingDecider() {}

  static List<UpgradeEvent> atGate(AtGate state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Gates.answer(state, answer, () -> answered(state, answer));
      case Request.Pause pause ->
          List.of(new UpgradePaused(pause.at(), pause.by(), pause.reason()));
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Forward.back(state, Causes.abort(abort), abort.by(), abort.at());
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> List.of(Strays.refuse(state, report));
      case UpgradeInput.TimerFired timer -> Gates.expire(state, timer.at());
      case UpgradeInput.Admitted _ -> List.of();
    };
  }

  private static List<UpgradeEvent> answered(AtGate state, Request.Answer answer) {
    OpenGate gate = state.gate();
    boolean approved = answer.answer().equals(Gates.APPROVED);
    return switch (gate.kind()) {
      case PLANNED -> approved ? passed(state, answer) : Gates.rejected(gate, answer);
      case INCONCLUSIVE ->
          approved
              ? Forward.then(
                  pass(answer), Forward.begin(state.run(), gate.attempt() + 1, answer.at()))
              : Forward.then(
                  new GateRejected(answer.at(), gate.name(), answer.by(), answer.reason()),
                  Forward.back(state, Causes.rejection(answer), answer.by(), answer.at()));
    };
  }

  private static List<UpgradeEvent> passed(AtGate state, Request.Answer answer) {
    Run run = state.run().passed(answer.gate());
    return Forward.then(pass(answer), Forward.begin(run, 1, answer.at()));
  }

  private static GatePassed pass(Request.Answer answer) {
    return new GatePassed(answer.at(), answer.gate(), answer.by(), answer.reason());
  }

  static List<UpgradeEvent> held(Held state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.notRunning(state, pause);
      case Request.Resume resume -> Refusals.notPaused(state, resume);
      case Request.Abort abort -> Forward.back(state, Causes.abort(abort), abort.by(), abort.at());
      case Request.Retry retry ->
          Forward.then(
              new HoldReleased(retry.at(), retry.by(), retry.reason()),
              Forward.begin(state.run(), state.hold().attempt() + 1, retry.at()));
      case Report report -> List.of(Strays.refuse(state, report));
      case UpgradeInput.TimerFired _, UpgradeInput.Admitted _ -> List.of();
    };
  }

  static List<UpgradeEvent> paused(Paused state, UpgradeInput input) {
    return switch (input) {
      case Request.Opening start -> Refusals.alreadyStarted(state, start);
      case Request.Answer answer -> Refusals.gateNotOpen(state, answer);
      case Request.Pause pause -> Refusals.alreadyPaused(state, pause);
      case Request.Resume resume -> resumed(state, resume);
      case Request.Abort abort -> Forward.back(state, Causes.abort(abort), abort.by(), abort.at());
      case Request.Retry retry -> Refusals.notHeld(state, retry);
      case Report report -> reported(state, report);
      case UpgradeInput.TimerFired timer -> timed(state, timer);
      case UpgradeInput.Admitted _ -> List.of();
    };
  }

  private static List<UpgradeEvent> resumed(Paused state, Request.Resume resume) {
    UpgradeEvent event = new UpgradeResumed(resume.at(), resume.by(), resume.reason());
    return switch (state.turn()) {
      case Turn.Ready ready ->
          Forward.then(event, Forward.begin(state.run(), ready.attempt(), resume.at()));
      case Turn.Outstanding _, Turn.BackingOff _ -> List.of(event);
    };
  }

  /// What was out when it was paused may end; nothing follows but a hold or the way back.
  private static List<UpgradeEvent> reported(Paused state, Report report) {
    return switch (Attempts.judge(state, report)) {
      case Judgement.Stray stray -> List.of(stray.event());
      case Judgement.Alive alive -> List.of(alive.event());
      case Judgement.Done done -> List.of(done.event());
      case Judgement.Unbelievable unbelievable -> List.of(new UpgradeHeld(unbelievable.hold()));
      case Judgement.Failed failed -> failed(state, failed);
    };
  }

  private static List<UpgradeEvent> failed(Paused state, Judgement.Failed failed) {
    UpgradeEvent.PhaseFailed event = failed.event();
    return switch (event.kind()) {
      case RETRYABLE ->
          Attempts.exhausted(state, failed.tries())
              ? List.of(event, Attempts.held(event, HoldCause.ATTEMPTS_EXHAUSTED))
              : List.of(event);
      case FATAL -> List.of(event, Attempts.held(event, HoldCause.FATAL));
      case UNKNOWN -> List.of(event, Attempts.held(event, HoldCause.UNKNOWN_KIND));
      case BREACHED ->
          Forward.then(
              event, Forward.back(state, Causes.breach(event), Causes.PLANNER, event.at()));
      case INCONCLUSIVE -> List.of(event);
    };
  }

  private static List<UpgradeEvent> timed(Paused state, UpgradeInput.TimerFired timer) {
    return switch (state.turn()) {
      case Turn.Ready _, Turn.BackingOff _ -> List.of();
      case Turn.Outstanding out ->
          Attempts.lost(state, out, timer.at())
              .map(
                  lost ->
                      Forward.then(
                          lost,
                          Attempts.heldAfter(state, lost, out.tries())
                              .map(Attempts::only)
                              .orElse(List.of())))
              .orElse(List.of());
    };
  }
}
