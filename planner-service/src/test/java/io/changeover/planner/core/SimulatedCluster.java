package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/// What the workers really did to a cluster, kept apart from what the planner believes; the
/// invariants are checked against this.
final class SimulatedCluster {
  private int greenWeight;
  private boolean soaked;
  private boolean blueRuns = true;
  private boolean finished;
  private boolean greenAdminOpen;
  private boolean pastNoReturn;
  private final Set<String> gatesOpened = new HashSet<>();
  private final Set<String> gatesPassed = new HashSet<>();

  /// A worker did the phase.
  void does(Phase phase) {
    switch (phase.action()) {
      case SHIFT, RESTORE_TRAFFIC -> moved(phase);
      case SOAK -> soaked = greenWeight == 100;
      case STOP_NODES -> blueRuns = blueRuns && phase.side() != Side.BLUE;
      case START_NODES -> blueRuns = blueRuns || phase.side() == Side.BLUE;
      case MIGRATE_FINISH -> finished = true;
      case OPEN_ADMIN -> greenAdminOpen = phase.side() == Side.GREEN;
      case PREFLIGHT,
          PREFLIGHT_ROUTER,
          BACKUP,
          FENCE_ADMIN,
          MIGRATE_UP,
          DRAIN,
          VERIFY,
          VERIFY_ROLLBACK,
          RUNBOOK -> {}
    }
    assertThat(blueRuns && greenAdminOpen).as("invariant 2: one Admin API").isFalse();
  }

  private void moved(Phase phase) {
    Shift shift = phase.shift();
    greenWeight = shift == null ? 0 : shift.weight();
    soaked = false;
  }

  /// The planner decided something.
  void sees(UpgradeEvent event, UpgradeState before) {
    switch (event) {
      case UpgradeEvent.GateOpened opened -> gatesOpened.add(opened.gate());
      case UpgradeEvent.GatePassed passed -> {
        assertThat(before).isInstanceOf(UpgradeState.Waiting.class);
        gatesPassed.add(passed.gate());
      }
      case UpgradeEvent.RollbackStarted _ ->
          assertThat(pastNoReturn).as("invariant 4: nothing turns back").isFalse();
      case UpgradeEvent.PointOfNoReturnPassed _ -> {
        assertThat(pastNoReturn).as("passed once").isFalse();
        pastNoReturn = true;
      }
      default -> {}
    }
  }

  /// The planner commands a phase.
  void asked(Phase phase) {
    if (phase.name().startsWith("rollback-")) {
      assertThat(pastNoReturn).as("invariant 4: no %s", phase.name()).isFalse();
    }
    if (phase.action() == Action.MIGRATE_FINISH) {
      assertThat(pastNoReturn).as("the point is passed first").isTrue();
      assertThat(greenWeight).as("invariant 1: traffic").isEqualTo(100);
      assertThat(blueRuns).as("invariant 1: blue").isFalse();
      assertThat(!gatesOpened.contains("confirm") || gatesPassed.contains("confirm"))
          .as("invariant 1: gate")
          .isTrue();
    }
    if (phase.action() == Action.STOP_NODES && phase.side() == Side.BLUE) {
      assertThat(greenWeight).as("invariant 3: traffic").isEqualTo(100);
      assertThat(soaked).as("invariant 3: soak").isTrue();
    }
    if (phase.action() == Action.OPEN_ADMIN && phase.side() == Side.GREEN) {
      assertThat(finished && !blueRuns).as("invariant 2: blue is gone first").isTrue();
    }
  }
}
