package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeState.Advancing;
import io.changeover.planner.core.UpgradeState.AtGate;
import io.changeover.planner.core.UpgradeState.Cancelled;
import io.changeover.planner.core.UpgradeState.Completing;
import io.changeover.planner.core.UpgradeState.CompletingAtGate;
import io.changeover.planner.core.UpgradeState.Finished;
import io.changeover.planner.core.UpgradeState.Held;
import io.changeover.planner.core.UpgradeState.HeldCommitted;
import io.changeover.planner.core.UpgradeState.NotStarted;
import io.changeover.planner.core.UpgradeState.Paused;
import io.changeover.planner.core.UpgradeState.Queued;
import io.changeover.planner.core.UpgradeState.Refused;
import io.changeover.planner.core.UpgradeState.Reversible;
import io.changeover.planner.core.UpgradeState.RollbackHeld;
import io.changeover.planner.core.UpgradeState.RolledBack;
import io.changeover.planner.core.UpgradeState.RollingBack;
import io.changeover.planner.core.UpgradeState.Working;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What events mean. An event that cannot follow the state is a [BrokenInvariant].
final class Evolution {
  private Evolution() {}

  static UpgradeState evolve(UpgradeState state, UpgradeEvent event) {
    return switch (event) {
      case UpgradeEvent.UpgradeStarted e -> started(state, e);
      case UpgradeEvent.StartRefused e -> refused(state, e);
      case UpgradeEvent.RequestRefused _, UpgradeEvent.ReportRefused _ -> state;
      case UpgradeEvent.UpgradeAdmitted e ->
          new Advancing(expect(Queued.class, state, e).run(), Turn.first());
      case UpgradeEvent.UpgradeCancelled e ->
          new Cancelled(expect(Queued.class, state, e).run(), e.at(), e.by());
      case UpgradeEvent.PhaseCommanded e -> commanded(state, e);
      case UpgradeEvent.PhaseStarted e -> heard(state, e, e.heartbeatBy(), true);
      case UpgradeEvent.HeartbeatSeen e -> heard(state, e, e.heartbeatBy(), false);
      case UpgradeEvent.PhaseCompleted e -> completed(state, e);
      case UpgradeEvent.PhaseFailed e -> ended(state, e, e.phase(), e.attempt());
      case UpgradeEvent.AttemptLost e -> ended(state, e, e.phase(), e.attempt());
      case UpgradeEvent.RetryScheduled e -> scheduled(state, e);
      case UpgradeEvent.GateOpened e -> opened(state, e);
      case UpgradeEvent.GatePassed e -> passed(state, e);
      case UpgradeEvent.GateRejected e -> expect(UpgradeState.Waiting.class, state, e);
      case UpgradeEvent.UpgradePaused e -> paused(state, e);
      case UpgradeEvent.UpgradeResumed e -> resumed(expect(Paused.class, state, e));
      case UpgradeEvent.UpgradeHeld e -> held(state, e);
      case UpgradeEvent.HoldReleased e -> released(state, e);
      case UpgradeEvent.RollbackStarted e ->
          new RollingBack(
              expect(Reversible.class, state, e).run(),
              new Retreat(e.phases(), 0, e.cause()),
              Turn.first());
      case UpgradeEvent.UpgradeRolledBack e -> rolledBack(state, e);
      case UpgradeEvent.PointOfNoReturnPassed e -> committed(expect(Advancing.class, state, e));
      case UpgradeEvent.HopCompleted e -> hopCompleted(state, e);
      case UpgradeEvent.UpgradeFinished e -> finished(state, e);
    };
  }

  private static UpgradeState started(UpgradeState state, UpgradeEvent.UpgradeStarted e) {
    expect(NotStarted.class, state, e);
    return new Queued(Run.begin(e.upgrade(), e.cluster(), e.plan(), e.at()));
  }

  private static UpgradeState refused(UpgradeState state, UpgradeEvent.StartRefused e) {
    expect(NotStarted.class, state, e);
    return new Refused(e.upgrade(), e.cluster(), e.at(), e.refusals());
  }

  private static UpgradeState resumed(Paused paused) {
    return new Advancing(paused.run(), paused.turn());
  }

  private static UpgradeState committed(Advancing advancing) {
    return new Completing(advancing.run(), advancing.turn());
  }

  private static UpgradeState commanded(UpgradeState state, UpgradeEvent.PhaseCommanded e) {
    Working working = expect(Working.class, state, e);
    if (working instanceof Paused || !working.step().name().equals(e.phase())) {
      throw misfit(state, e);
    }
    Turn.Outstanding out =
        switch (working.turn()) {
          case Turn.Ready ready -> out(ready.tries(), e);
          case Turn.BackingOff backingOff -> out(backingOff.tries(), e);
          case Turn.Outstanding _ -> throw misfit(state, e);
        };
    Run run =
        working instanceof RollingBack ? working.run().ordered(e.order()) : commanded(working, e);
    return working.with(run, out);
  }

  private static Run commanded(Working working, UpgradeEvent.PhaseCommanded e) {
    Run run = working.run().commanded(e.order());
    return run.current().procedure() instanceof Procedure.Downtime
            && working.phase().action() == Action.DRAIN
        ? run.closed(e.at())
        : run;
  }

  private static Turn.Outstanding out(int tries, UpgradeEvent.PhaseCommanded e) {
    return new Turn.Outstanding(
        e.attempt(), tries + 1, e.order(), false, e.at(), e.deadline(), e.heartbeatBy());
  }

  private static UpgradeState heard(
      UpgradeState state, UpgradeEvent event, @Nullable Instant nextBy, boolean started) {
    Working working = expect(Working.class, state, event);
    Turn.Outstanding out = outstanding(working, event);
    return working.with(working.run(), out.heard(started || out.started(), nextBy));
  }

  private static UpgradeState completed(UpgradeState state, UpgradeEvent.PhaseCompleted e) {
    Working working = expect(Working.class, state, e);
    same(working, e, e.phase(), e.attempt());
    if (working instanceof RollingBack back) {
      Run run = back.run().proven(back.phase(), e.facts());
      return new RollingBack(run, back.retreat().next(), Turn.first());
    }
    return working.with(working.run().completed(working.phase(), e.facts()), Turn.first());
  }

  private static UpgradeState ended(
      UpgradeState state, UpgradeEvent event, String phase, int attempt) {
    Working working = expect(Working.class, state, event);
    Turn.Outstanding out = same(working, event, phase, attempt);
    return working.with(working.run(), new Turn.Ready(out.attempt() + 1, out.tries()));
  }

  private static UpgradeState scheduled(UpgradeState state, UpgradeEvent.RetryScheduled e) {
    Working working = expect(Working.class, state, e);
    return switch (working.turn()) {
      case Turn.Ready ready ->
          working.with(working.run(), new Turn.BackingOff(e.attempt(), ready.tries(), e.due()));
      case Turn.BackingOff _, Turn.Outstanding _ -> throw misfit(state, e);
    };
  }

  private static UpgradeState opened(UpgradeState state, UpgradeEvent.GateOpened e) {
    Working working = expect(Working.class, state, e);
    OpenGate gate = new OpenGate(e.gate(), e.kind(), e.deadline(), working.turn().attempt() - 1);
    return switch (working) {
      case Advancing advancing -> new AtGate(advancing.run(), gate);
      case Completing completing -> new CompletingAtGate(completing.run(), gate);
      case Paused _, RollingBack _ -> throw misfit(state, e);
    };
  }

  private static UpgradeState passed(UpgradeState state, UpgradeEvent.GatePassed e) {
    return switch (expect(UpgradeState.Waiting.class, state, e)) {
      case AtGate at ->
          switch (at.gate().kind()) {
            case PLANNED -> new Advancing(at.run().passed(e.gate()), Turn.first());
            case INCONCLUSIVE -> new Advancing(at.run(), at.gate().after());
          };
      case CompletingAtGate at -> new Completing(at.run().passed(e.gate()), Turn.first());
    };
  }

  private static UpgradeState paused(UpgradeState state, UpgradeEvent.UpgradePaused e) {
    return switch (expect(Reversible.class, state, e)) {
      case Advancing advancing -> new Paused(advancing.run(), advancing.turn());
      case AtGate at -> new Paused(at.run(), at.gate().after());
      case Paused _, Held _ -> throw misfit(state, e);
    };
  }

  private static UpgradeState held(UpgradeState state, UpgradeEvent.UpgradeHeld e) {
    return switch (expect(UpgradeState.Planned.class, state, e)) {
      case Advancing advancing -> new Held(advancing.run(), e.hold());
      case AtGate at -> new Held(at.run(), e.hold());
      case Paused paused -> new Held(paused.run(), e.hold());
      case RollingBack back -> new RollbackHeld(back.run(), back.retreat(), e.hold());
      case Completing completing -> new HeldCommitted(completing.run(), e.hold());
      case CompletingAtGate at -> new HeldCommitted(at.run(), e.hold());
      case Queued _,
          Held _,
          RollbackHeld _,
          HeldCommitted _,
          Finished _,
          RolledBack _,
          Cancelled _ ->
          throw misfit(state, e);
    };
  }

  private static UpgradeState released(UpgradeState state, UpgradeEvent.HoldReleased e) {
    UpgradeState.Standing standing = expect(UpgradeState.Standing.class, state, e);
    Turn again = new Turn.Ready(standing.hold().attempt() + 1, 0);
    return switch (standing) {
      case Held held -> new Advancing(held.run(), again);
      case RollbackHeld held -> new RollingBack(held.run(), held.retreat(), again);
      case HeldCommitted held -> new Completing(held.run(), again);
    };
  }

  private static UpgradeState rolledBack(UpgradeState state, UpgradeEvent.UpgradeRolledBack e) {
    RollingBack back = expect(RollingBack.class, state, e);
    if (!back.retreat().atEnd()) {
      throw misfit(state, e);
    }
    return new RolledBack(back.run(), e.at(), back.retreat().cause(), e.leftPending());
  }

  /// The only way from past a point of no return to before one: another hop's.
  private static UpgradeState hopCompleted(UpgradeState state, UpgradeEvent.HopCompleted e) {
    Run run = expect(Completing.class, state, e).run();
    if (!run.atEnd() || run.lastHop() || run.hop() != e.hop()) {
      throw misfit(state, e);
    }
    return new Advancing(run.nextHop(), Turn.first());
  }

  private static UpgradeState finished(UpgradeState state, UpgradeEvent.UpgradeFinished e) {
    Completing completing = expect(Completing.class, state, e);
    if (!completing.run().atEnd() || !completing.run().lastHop()) {
      throw misfit(state, e);
    }
    return new Finished(completing.run(), e.at());
  }

  private static Turn.Outstanding outstanding(Working state, UpgradeEvent event) {
    return switch (state.turn()) {
      case Turn.Outstanding out -> out;
      case Turn.Ready _, Turn.BackingOff _ -> throw misfit(state, event);
    };
  }

  private static Turn.Outstanding same(
      Working state, UpgradeEvent event, String phase, int attempt) {
    Turn.Outstanding out = outstanding(state, event);
    if (!state.phase().name().equals(phase) || out.attempt() != attempt) {
      throw misfit(state, event);
    }
    return out;
  }

  private static <T extends UpgradeState> T expect(
      Class<T> type, UpgradeState state, UpgradeEvent event) {
    if (!type.isInstance(state)) {
      throw misfit(state, event);
    }
    return type.cast(state);
  }

  private static BrokenInvariant misfit(UpgradeState state, UpgradeEvent event) {
    return new BrokenInvariant("Expected an event that can follow " + state + ", but got " + event);
  }
}
