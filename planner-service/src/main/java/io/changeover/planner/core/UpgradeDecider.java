package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeState.Known;
import java.util.List;

/// The whole life of one upgrade. Each stage has a decider of its own; this is the table of
/// contents.
public final class UpgradeDecider
    implements Decider<UpgradeState, UpgradeInput, UpgradeEvent, Effect> {
  @Override
  public UpgradeState initial() {
    return new UpgradeState.NotStarted();
  }

  @Override
  public List<UpgradeEvent> decide(UpgradeState state, UpgradeInput input) {
    if (state instanceof Known known
        && input instanceof Request request
        && !request.cluster().equals(known.cluster())) {
      return Refusals.wrongCluster(known, request);
    }
    return switch (state) {
      case UpgradeState.NotStarted _ -> BeginningDecider.notStarted(input);
      case UpgradeState.Queued queued -> BeginningDecider.queued(queued, input);
      case UpgradeState.Advancing advancing -> ForwardDecider.decide(advancing, input);
      case UpgradeState.AtGate atGate -> WaitingDecider.atGate(atGate, input);
      case UpgradeState.Paused paused -> WaitingDecider.paused(paused, input);
      case UpgradeState.Held held -> WaitingDecider.held(held, input);
      case UpgradeState.RollingBack back -> RollbackDecider.decide(back, input);
      case UpgradeState.RollbackHeld held -> RollbackDecider.held(held, input);
      case UpgradeState.Completing completing -> CommittedDecider.decide(completing, input);
      case UpgradeState.CompletingAtGate atGate -> CommittedDecider.atGate(atGate, input);
      case UpgradeState.HeldCommitted held -> CommittedDecider.held(held, input);
      case UpgradeState.Ended ended -> EndedDecider.decide(ended, input);
    };
  }

  @Override
  public UpgradeState evolve(UpgradeState state, UpgradeEvent event) {
    return Evolution.evolve(state, event);
  }

  @Override
  public List<Effect> react(UpgradeState stateAfter, UpgradeEvent event) {
    return Reaction.react(stateAfter, event);
  }
}
