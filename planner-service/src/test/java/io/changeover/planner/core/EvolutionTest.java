package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which events may follow which stage; every other one is a fault and changes nothing.
class EvolutionTest {
  private static final Instant AT = Journey.T0.plus(Duration.ofHours(1));
  private static final String FITS =
      """
      not-started:        UpgradeStarted StartRefused
      queued:             UpgradeAdmitted UpgradeCancelled
      advancing:          PhaseStarted HeartbeatSeen PhaseCompleted PhaseFailed AttemptLost GateOpened UpgradePaused UpgradeHeld RollbackStarted PointOfNoReturnPassed
      at-gate:            GatePassed GateRejected UpgradePaused UpgradeHeld RollbackStarted
      paused:             PhaseStarted HeartbeatSeen PhaseCompleted PhaseFailed AttemptLost UpgradeResumed UpgradeHeld RollbackStarted
      held:               HoldReleased RollbackStarted
      rolling-back:       PhaseStarted HeartbeatSeen UpgradeHeld
      rollback-held:      HoldReleased
      completing:         PhaseStarted HeartbeatSeen GateOpened UpgradeHeld
      completing-at-gate: GatePassed GateRejected UpgradeHeld
      held-committed:     HoldReleased
      finished:
      rolled-back:
      cancelled:
      refused:
      """;

  /// One of each event, about attempt 1 of `migrate-up` where that matters.
  private static List<UpgradeEvent> events() {
    Refusal refusal = new Refusal(RefusalReason.STALE, "a", "b", "c");
    Hold hold = new Hold(HoldCause.FATAL, "a", "b", "c", "migrate-up", 1, AT);
    Plan plan = ((Planning.Possible) Planning.plan(Inventories.start(ask -> ask))).plan();
    return List.of(
        new UpgradeEvent.UpgradeStarted(AT, Journey.UPGRADE, Journey.CLUSTER, plan, "a", "b"),
        new UpgradeEvent.StartRefused(AT, Journey.UPGRADE, Journey.CLUSTER, "a", List.of(refusal)),
        new UpgradeEvent.RequestRefused(AT, "a", refusal),
        new UpgradeEvent.ReportRefused(AT, "migrate-up", 1, "w", refusal),
        new UpgradeEvent.UpgradeAdmitted(AT),
        new UpgradeEvent.UpgradeCancelled(AT, "a", "b"),
        new UpgradeEvent.PhaseCommanded(AT, "migrate-up", 2, 99, AT, AT),
        new UpgradeEvent.PhaseStarted(AT, "migrate-up", 1, "w", AT),
        new UpgradeEvent.HeartbeatSeen(AT, AT),
        new UpgradeEvent.PhaseCompleted(AT, "migrate-up", 1, new TreeMap<>()),
        new UpgradeEvent.PhaseFailed(AT, "migrate-up", 1, FailureKind.FATAL, "a", "b", "c"),
        new UpgradeEvent.AttemptLost(AT, "migrate-up", 1, "a"),
        new UpgradeEvent.RetryScheduled(AT, "migrate-up", 2, AT),
        new UpgradeEvent.GateOpened(AT, "confirm", OpenGate.Kind.PLANNED, null),
        new UpgradeEvent.GatePassed(AT, "confirm", "a", "b"),
        new UpgradeEvent.GateRejected(AT, "confirm", "a", "b"),
        new UpgradeEvent.UpgradePaused(AT, "a", "b"),
        new UpgradeEvent.UpgradeResumed(AT, "a", "b"),
        new UpgradeEvent.UpgradeHeld(hold),
        new UpgradeEvent.HoldReleased(AT, "a", "b"),
        new UpgradeEvent.RollbackStarted(AT, "a", "b", List.of("rollback-verify")),
        new UpgradeEvent.UpgradeRolledBack(AT, ""),
        new UpgradeEvent.PointOfNoReturnPassed(AT),
        new UpgradeEvent.HopCompleted(AT, 0),
        new UpgradeEvent.UpgradeFinished(AT));
  }

  static Stream<String> rows() {
    return FITS.lines();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void only_these_events_follow(String row) {
    String stage = row.substring(0, row.indexOf(':'));
    Set<String> fitting =
        Arrays.stream(row.substring(row.indexOf(':') + 1).strip().split(" ", -1))
            .collect(Collectors.toSet());
    UpgradeState state = Journey.stage(stage).state();
    UpgradeDecider decider = new UpgradeDecider();
    for (UpgradeEvent event : events()) {
      String name = event.getClass().getSimpleName();
      if (name.endsWith("Refused") && !name.equals("StartRefused")) {
        assertThat(decider.evolve(state, event)).isSameAs(state);
      } else if (fitting.contains(name)) {
        assertThat(decider.evolve(state, event)).isNotNull();
      } else {
        assertThatThrownBy(() -> decider.evolve(state, event))
            .as("%s after %s", name, stage)
            .isInstanceOf(BrokenInvariant.class)
            .hasMessageContaining(name);
      }
    }
  }

  @org.junit.jupiter.api.Test
  void every_event_is_in_the_list() {
    Map<Class<?>, UpgradeEvent> byType =
        events().stream().collect(Collectors.toMap(Object::getClass, Function.identity()));
    assertThat(byType.keySet()).containsExactlyInAnyOrderElementsOf(Leaves.of(UpgradeEvent.class));
  }

  @org.junit.jupiter.api.Test
  void a_command_follows_only_where_its_step_is_to_be_begun() {
    UpgradeDecider decider = new UpgradeDecider();
    Journey failed = Journey.to("migrate-up");
    UpgradeState ready =
        decider.evolve(
            failed.state(),
            new UpgradeEvent.PhaseFailed(
                AT, "migrate-up", 1, FailureKind.RETRYABLE, "a", "b", "c"));
    UpgradeEvent again = new UpgradeEvent.PhaseCommanded(AT, "migrate-up", 2, 99, AT, AT);
    assertThat(decider.evolve(ready, again)).isInstanceOf(UpgradeState.Advancing.class);
    UpgradeEvent other = new UpgradeEvent.PhaseCommanded(AT, "verify", 2, 99, AT, AT);
    assertThatThrownBy(() -> decider.evolve(ready, other)).isInstanceOf(BrokenInvariant.class);
    UpgradeState paused = decider.evolve(ready, new UpgradeEvent.UpgradePaused(AT, "a", "b"));
    assertThatThrownBy(() -> decider.evolve(paused, again)).isInstanceOf(BrokenInvariant.class);
    assertThatThrownBy(() -> decider.evolve(failed.state(), again))
        .isInstanceOf(BrokenInvariant.class);
    assertThat(((UpgradeState.Paused) paused).due()).isEmpty();
    UpgradeState backingOff =
        decider.evolve(ready, new UpgradeEvent.RetryScheduled(AT, "migrate-up", 2, AT));
    assertThatThrownBy(
            () ->
                decider.evolve(
                    backingOff, new UpgradeEvent.RetryScheduled(AT, "migrate-up", 2, AT)))
        .isInstanceOf(BrokenInvariant.class);
    assertThatThrownBy(() -> decider.evolve(ready, new UpgradeEvent.HeartbeatSeen(AT, AT)))
        .isInstanceOf(BrokenInvariant.class);
  }
}
