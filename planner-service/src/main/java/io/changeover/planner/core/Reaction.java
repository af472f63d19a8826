package io.changeover.planner.core;

import io.changeover.planner.core.Effect.SendCommand;
import io.changeover.planner.core.Effect.SendRunbook;
import io.changeover.planner.core.UpgradeState.Working;
import java.util.List;
import java.util.Objects;

/// What is sent because of an event: a command for each one that was decided, and nothing else.
final class Reaction {
  private Reaction() {}

  static List<Effect> react(UpgradeState state, UpgradeEvent event) {
    return switch (event) {
      case UpgradeEvent.PhaseCommanded commanded -> List.of(send(state, commanded));
      case UpgradeEvent.UpgradeStarted _,
          UpgradeEvent.StartRefused _,
          UpgradeEvent.RequestRefused _,
          UpgradeEvent.ReportRefused _,
          UpgradeEvent.UpgradeAdmitted _,
          UpgradeEvent.UpgradeCancelled _,
          UpgradeEvent.PhaseStarted _,
          UpgradeEvent.HeartbeatSeen _,
          UpgradeEvent.PhaseCompleted _,
          UpgradeEvent.PhaseFailed _,
          UpgradeEvent.AttemptLost _,
          UpgradeEvent.RetryScheduled _,
          UpgradeEvent.GateOpened _,
          UpgradeEvent.GatePassed _,
          UpgradeEvent.GateRejected _,
          UpgradeEvent.UpgradePaused _,
          UpgradeEvent.UpgradeResumed _,
          UpgradeEvent.UpgradeHeld _,
          UpgradeEvent.HoldReleased _,
          UpgradeEvent.RollbackStarted _,
          UpgradeEvent.UpgradeRolledBack _,
          UpgradeEvent.PointOfNoReturnPassed _,
          UpgradeEvent.HopCompleted _,
          UpgradeEvent.UpgradeFinished _ ->
          List.of();
    };
  }

  private static Effect send(UpgradeState state, UpgradeEvent.PhaseCommanded event) {
    if (!(state instanceof Working working)) {
      throw new BrokenInvariant("Expected a working state after " + event + ", but got " + state);
    }
    return switch (working.phase().worker()) {
      case MIGRATOR, TRAFFIC, EXPORTER -> command(working, event);
      case RUNBOOK -> runbook(working, event);
    };
  }

  private static Effect command(Working state, UpgradeEvent.PhaseCommanded event) {
    Run run = state.run();
    return new SendCommand(
        id(run, event),
        run.upgrade(),
        run.cluster(),
        run.hop(),
        run.current().fromVersion(),
        run.current().toVersion(),
        state.phase(),
        run.current().procedure(),
        run.current().procedure().rows(),
        event.attempt(),
        event.order(),
        run.evidence().weightGreen(),
        event.at(),
        event.deadline(),
        run.plan().patience().heartbeat(),
        run.plan().plugins(),
        run.plan().acknowledgements());
  }

  private static Effect runbook(Working state, UpgradeEvent.PhaseCommanded event) {
    Run run = state.run();
    Phase phase = state.phase();
    return new SendRunbook(
        id(run, event),
        run.upgrade(),
        run.cluster(),
        run.hop(),
        run.current().fromVersion(),
        run.current().toVersion(),
        phase.name(),
        Objects.requireNonNull(phase.runbook()),
        phase.side(),
        event.attempt(),
        event.order(),
        event.at(),
        event.deadline());
  }

  private static String id(Run run, UpgradeEvent.PhaseCommanded event) {
    return run.upgrade() + "/" + event.phase() + "/" + event.attempt();
  }
}
