package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;

/// What the workers really did to a cluster, kept apart from what the planner believes; the
/// invariants are checked against this.
final class SimulatedCluster {
  private final Random random;
  private final Keyspaces keyspaces;
  private int greenWeight;
  private boolean soaked;
  private boolean blueRuns = true;
  private boolean finished;
  private boolean blueAdminOpen = true;
  private boolean greenAdminOpen;
  private boolean pastNoReturn;
  private final Set<String> gatesOpened = new HashSet<>();
  private final Set<String> gatesPassed = new HashSet<>();

  SimulatedCluster(Random random) {
    this.random = random;
    this.keyspaces = new Keyspaces(random);
  }

  /// A worker did the phase.
  ///
  /// @return the facts that prove it
  SortedMap<String, String> does(Phase phase) {
    switch (phase.action()) {
      case SHIFT, RESTORE_TRAFFIC -> moved(phase);
      case SOAK -> soaked = greenWeight == 100;
      case STOP_NODES -> blueRuns = blueRuns && phase.side() != Side.BLUE;
      case START_NODES -> blueRuns = blueRuns || phase.side() == Side.BLUE;
      case MIGRATE_FINISH -> finished = true;
      case FREEZE_ADMIN -> blueAdminOpen = false;
      case OPEN_ADMIN -> {
        greenAdminOpen = phase.side() == Side.GREEN;
        blueAdminOpen = !greenAdminOpen;
      }
      case PREFLIGHT,
          PREFLIGHT_ROUTER,
          BACKUP,
          FENCE_ADMIN,
          MIGRATE_UP,
          BOOTSTRAP,
          PARSE_CONFIG,
          COPY,
          EXPORT,
          TRANSFER,
          IMPORT,
          COMPARE,
          DRAIN,
          DELTA,
          VERIFY,
          VERIFY_ROLLBACK,
          RUNBOOK -> {}
    }
    assertThat(blueRuns && greenAdminOpen).as("invariant 2: one Admin API").isFalse();
    return Evidences.with(Evidences.of(phase), keyspaces.does(phase));
  }

  /// Whether what was copied can only be copied again.
  boolean spoilt() {
    return keyspaces.spoilt();
  }

  /// Somebody may get past the frozen Admin API, and blue's traffic writes tokens.
  void goesOn() {
    if (blueRuns && greenWeight < 100) {
      keyspaces.trafficWrites();
    }
    if (random.nextInt(150) == 0) {
      keyspaces.somebodyWrites();
    }
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
  void asked(Procedure procedure, Phase phase) {
    if (phase.name().startsWith("rollback-")) {
      assertThat(pastNoReturn).as("invariant 4: no %s", phase.name()).isFalse();
    }
    if (phase.action() == Action.MIGRATE_FINISH) {
      assertThat(blueRuns).as("invariant 1: blue").isFalse();
      allOnGreenAndAgreed();
    }
    if (phase.action() == Action.STOP_NODES && phase.side() == Side.BLUE) {
      assertThat(greenWeight).as("invariant 3: traffic").isEqualTo(100);
      assertThat(soaked).as("invariant 3: soak").isTrue();
    }
    if (phase.action() == Action.OPEN_ADMIN && phase.side() == Side.GREEN) {
      boolean schema = procedure instanceof Procedure.Copy ? keyspaces.bootstrapped() : finished;
      assertThat(schema && !blueRuns).as("invariant 2: blue is gone first").isTrue();
    }
    if (procedure instanceof Procedure.Copy(Way way)) {
      askedOfCopy(way, phase);
    }
  }

  private void askedOfCopy(Way way, Phase phase) {
    switch (phase.action()) {
      case COPY, EXPORT -> assertThat(blueAdminOpen).as("invariant 2: frozen").isFalse();
      case STOP_NODES -> {
        if (phase.side() == Side.BLUE) {
          allOnGreenAndAgreed();
        }
      }
      default -> {}
    }
    if (phase.action() == Action.EXPORT && way == Way.KONG_YML) {
      assertThat(gatesPassed).as("the loss is accepted").contains("accept-loss");
    }
    keyspaces.asked(phase);
  }

  private void allOnGreenAndAgreed() {
    assertThat(pastNoReturn).as("the point is passed first").isTrue();
    assertThat(greenWeight).as("invariant 1: traffic").isEqualTo(100);
    assertThat(!gatesOpened.contains("confirm") || gatesPassed.contains("confirm"))
        .as("invariant 1: gate")
        .isTrue();
  }
}
