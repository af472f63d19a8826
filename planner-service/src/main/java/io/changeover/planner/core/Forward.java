package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.GateOpened;
import io.changeover.planner.core.UpgradeEvent.PointOfNoReturnPassed;
import io.changeover.planner.core.UpgradeEvent.RollbackStarted;
import io.changeover.planner.core.UpgradeState.Reversible;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The next thing to do before the point of no return: forward, or back.
final class Forward {
  private Forward() {}

  /// Begins the step at the cursor.
  static List<UpgradeEvent> begin(Run run, int attempt, Instant at) {
    return switch (run.step()) {
      case Gate gate -> List.of(open(gate, at));
      case Phase phase ->
          Invariants.hold(run, phase, attempt, at)
              .map(Attempts::only)
              .orElseGet(() -> command(run, phase, attempt, at));
    };
  }

  private static List<UpgradeEvent> command(Run run, Phase phase, int attempt, Instant at) {
    UpgradeEvent commanded = Attempts.command(run, phase, attempt, at);
    return run.current().procedure().committedBy(phase)
        ? List.of(new PointOfNoReturnPassed(at), commanded)
        : List.of(commanded);
  }

  static GateOpened open(Gate gate, Instant at) {
    Duration deadline = gate.deadline();
    return new GateOpened(
        at,
        gate.name(),
        OpenGate.Kind.PLANNED,
        Optional.ofNullable(deadline).map(at::plus).orElse(null));
  }

  /// Turns back at once, whatever is still out: the first command back outranks it.
  static List<UpgradeEvent> back(Reversible state, String cause, String by, Instant at) {
    List<String> names = Retreat.from(state);
    if (names.isEmpty()) {
      return List.of(
          new RollbackStarted(at, cause, by, names),
          new UpgradeEvent.UpgradeRolledBack(at, Retreat.leftBy(state.run(), Map.of())));
    }
    Retreat retreat = new Retreat(names, 0, cause);
    Phase first = retreat.phase(state.run());
    return List.of(
        new RollbackStarted(at, cause, by, names), Attempts.command(state.run(), first, 1, at));
  }

  /// This event, then the beginning of the step at the cursor.
  static List<UpgradeEvent> then(UpgradeEvent event, List<UpgradeEvent> next) {
    return Stream.concat(Stream.of(event), next.stream()).toList();
  }
}
