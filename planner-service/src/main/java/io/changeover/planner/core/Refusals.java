package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.RequestRefused;
import io.changeover.planner.core.UpgradeState.Known;
import java.util.List;

/// Requests at the wrong time. Each answer names the upgrade, where it stands, and what would work.
final class Refusals {
  private Refusals() {}

  static List<UpgradeEvent> unknownUpgrade(UpgradeInput input, String what) {
    Refusal refusal =
        new Refusal(
            RefusalReason.UNKNOWN_UPGRADE,
            "an upgrade that was started",
            "got " + what,
            "Start it first, or correct the id.");
    return List.of(new RequestRefused(input.at(), by(input), refusal));
  }

  static List<UpgradeEvent> wrongCluster(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.WRONG_CLUSTER,
        "cluster " + state.cluster() + " for this upgrade",
        "Correct the cluster or the upgrade's id.");
  }

  static List<UpgradeEvent> alreadyStarted(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.ALREADY_STARTED,
        "an id that no upgrade has",
        "Choose another id for another upgrade.");
  }

  static List<UpgradeEvent> ended(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.UPGRADE_ENDED,
        "an upgrade that has not ended",
        "Start a new one.");
  }

  static List<UpgradeEvent> notAdmitted(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.NOT_ADMITTED,
        "an upgrade that has begun",
        "Wait for its turn, or abort it, which cancels it.");
  }

  static List<UpgradeEvent> gateNotOpen(Known state, Request.Answer answer) {
    String expected =
        state instanceof UpgradeState.Waiting waiting
            ? "an answer for gate " + waiting.gate().name()
            : "an answer while gate " + answer.gate() + " is open";
    return refuse(
        state,
        answer,
        RefusalReason.GATE_NOT_OPEN,
        expected,
        "Answer a gate by its name while it is open.");
  }

  static List<UpgradeEvent> answerUnknown(Known state, Request.Answer answer) {
    Refusal refusal =
        new Refusal(
            RefusalReason.ANSWER_UNKNOWN,
            "the answer APPROVED or REJECTED to gate " + answer.gate() + where(state),
            "got '" + answer.answer() + "'",
            "Answer with one of the two words.");
    return List.of(new RequestRefused(answer.at(), answer.by(), refusal));
  }

  static List<UpgradeEvent> notRunning(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.NOT_RUNNING,
        "an upgrade that commands phases",
        "It stands still already: retry or abort it.");
  }

  static List<UpgradeEvent> alreadyPaused(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.ALREADY_PAUSED,
        "an upgrade that is not paused",
        "Resume or abort it.");
  }

  static List<UpgradeEvent> notPaused(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.NOT_PAUSED,
        "a paused upgrade",
        "Resume only what was paused; retry what is held; answer an open gate.");
  }

  static List<UpgradeEvent> notHeld(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.NOT_HELD,
        "a held upgrade",
        "Retry only what is held; the planner retries by itself until then.");
  }

  static List<UpgradeEvent> rollingBack(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.ALREADY_ROLLING_BACK,
        "an upgrade on its way forward",
        "Let the rollback end.");
  }

  static List<UpgradeEvent> pastPointOfNoReturn(Known state, Request request) {
    return refuse(
        state,
        request,
        RefusalReason.PAST_POINT_OF_NO_RETURN,
        "an upgrade before its point of no return",
        "Only what is left can be done: retry it when it is held.");
  }

  private static List<UpgradeEvent> refuse(
      Known state, Request request, RefusalReason reason, String expected, String remedy) {
    Refusal refusal = new Refusal(reason, expected, "got " + verb(request) + where(state), remedy);
    return List.of(new RequestRefused(request.at(), request.by(), refusal));
  }

  private static String where(Known state) {
    String at = state.at().isEmpty() ? "" : " at " + state.at();
    return " for upgrade "
        + state.upgrade()
        + " of cluster "
        + state.cluster()
        + ", which is "
        + state.stage()
        + at;
  }

  private static String verb(Request request) {
    return switch (request) {
      case Request.Start _ -> "a start for cluster " + request.cluster();
      case Request.Install _ -> "an install of cluster " + request.cluster();
      case Request.Answer answer -> "an answer to gate " + answer.gate();
      case Request.Pause _ -> "a pause";
      case Request.Resume _ -> "a resume";
      case Request.Abort _ -> "an abort";
      case Request.Retry _ -> "a retry";
    };
  }

  private static String by(UpgradeInput input) {
    return switch (input) {
      case Request request -> request.by();
      case Report report -> report.worker();
      case UpgradeInput.TimerFired _, UpgradeInput.Admitted _ -> "planner";
    };
  }
}
