package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.GateRejected;
import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import io.changeover.planner.core.UpgradeState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Open gates, the same on both sides of the point of no return.
final class Gates {
  static final String APPROVED = "APPROVED";
  static final String REJECTED = "REJECTED";

  private Gates() {}

  /// Refuses what is no answer to the gate that is open.
  static List<UpgradeEvent> answer(
      Waiting state, Request.Answer answer, Supplier<List<UpgradeEvent>> sound) {
    if (!answer.gate().equals(state.gate().name())) {
      return Refusals.gateNotOpen(state, answer);
    }
    return answer.answer().equals(APPROVED) || answer.answer().equals(REJECTED)
        ? sound.get()
        : Refusals.answerUnknown(state, answer);
  }

  static List<UpgradeEvent> rejected(OpenGate gate, Request.Answer answer) {
    return List.of(
        new GateRejected(answer.at(), gate.name(), answer.by(), answer.reason()),
        new UpgradeHeld(
            new Hold(
                HoldCause.GATE_REJECTED,
                Causes.rejection(answer),
                "APPROVED",
                "Retry to open the gate again.",
                gate.name(),
                gate.attempt(),
                answer.at())));
  }

  /// Holds the upgrade when the open gate's time is over.
  static List<UpgradeEvent> expire(Waiting state, Instant at) {
    OpenGate gate = state.gate();
    Instant deadline = gate.deadline();
    return deadline == null || at.isBefore(deadline)
        ? List.of()
        : List.of(
            new UpgradeHeld(
                new Hold(
                    HoldCause.GATE_EXPIRED,
                    "nobody answered gate " + gate.name() + " by " + deadline,
                    "APPROVED or REJECTED",
                    "Retry to open the gate again.",
                    gate.name(),
                    gate.attempt(),
                    at)));
  }
}
