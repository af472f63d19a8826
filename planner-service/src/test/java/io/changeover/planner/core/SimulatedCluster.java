package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
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
  private final Set<Role> blue = EnumSet.noneOf(Role.class);
  private final Set<Role> green = EnumSet.noneOf(Role.class);
  private boolean finished;
  private boolean saved;
  private boolean parsed;
  private boolean drained;
  private boolean blueAdminOpen = true;
  private boolean greenAdminOpen;
  private boolean pastNoReturn;
  private final Set<String> gatesOpened = new HashSet<>();
  private final Set<String> gatesPassed = new HashSet<>();

  /// @param serves whether there is a blue side
  SimulatedCluster(Random random, boolean serves) {
    this.random = random;
    if (serves) {
      blue.addAll(EnumSet.allOf(Role.class));
    }
    this.keyspaces = new Keyspaces(random);
  }

  /// A worker did the phase.
  ///
  /// @return the facts that prove it
  SortedMap<String, String> does(Run run, Phase phase) {
    switch (phase.action()) {
      case SHIFT, RESTORE_TRAFFIC -> moved(phase);
      case SOAK -> soaked = greenWeight == 100;
      case STOP_NODES -> nodes(phase).removeAll(roles(phase));
      case START_NODES -> nodes(phase).addAll(roles(phase));
      case BACKUP -> saved = true;
      case PARSE_CONFIG -> parsed = true;
      case DRAIN -> drained = true;
      case MIGRATE_FINISH -> finished = true;
      case FREEZE_ADMIN -> blueAdminOpen = false;
      case OPEN_ADMIN -> {
        greenAdminOpen = phase.side() == Side.GREEN;
        blueAdminOpen = !greenAdminOpen;
      }
      case PREFLIGHT,
          PREFLIGHT_ROUTER,
          FENCE_ADMIN,
          MIGRATE_UP,
          BOOTSTRAP,
          COPY,
          EXPORT,
          TRANSFER,
          IMPORT,
          COMPARE,
          DELTA,
          VERIFY,
          VERIFY_ROLLBACK,
          RUNBOOK -> {}
    }
    assertThat(blueRuns() && greenAdminOpen).as("invariant 2: one Admin API").isFalse();
    return Evidences.with(Evidences.of(run, phase), keyspaces.does(phase));
  }

  /// Whether what was copied can only be copied again.
  boolean spoilt() {
    return keyspaces.spoilt();
  }

  /// Somebody may get past the frozen Admin API, and blue's traffic writes tokens.
  void goesOn() {
    if (blueRuns() && greenWeight < 100) {
      keyspaces.trafficWrites();
    }
    if (random.nextInt(150) == 0) {
      keyspaces.somebodyWrites();
    }
  }

  private boolean blueRuns() {
    return !blue.isEmpty();
  }

  private Set<Role> nodes(Phase phase) {
    return phase.side() == Side.BLUE ? blue : green;
  }

  /// A traditional node does both.
  private static Set<Role> roles(Phase phase) {
    Role role = phase.role();
    return role == null ? EnumSet.allOf(Role.class) : EnumSet.of(role);
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
      case UpgradeEvent.HopCompleted _ -> nextHop();
      default -> {}
    }
  }

  /// Green is blue now, and nothing of the hop that is over counts for the next.
  private void nextHop() {
    blue.clear();
    blue.addAll(green);
    green.clear();
    blueAdminOpen = greenAdminOpen;
    greenAdminOpen = false;
    greenWeight = 0;
    soaked = false;
    finished = false;
    saved = false;
    drained = false;
    pastNoReturn = false;
    gatesOpened.clear();
    gatesPassed.clear();
  }

  /// The planner commands a phase.
  void asked(Procedure procedure, Phase phase) {
    if (phase.name().startsWith("rollback-")) {
      assertThat(pastNoReturn).as("invariant 4: no %s", phase.name()).isFalse();
    }
    switch (procedure) {
      case Procedure.Shared _ -> blueGoesLast(phase, finished);
      case Procedure.Copy(Way way) -> {
        blueGoesLast(phase, keyspaces.bootstrapped());
        askedOfCopy(way, phase);
      }
      case Procedure.Downtime _ -> askedWithDowntime(phase);
      case Procedure.Community _ -> askedFromCommunity(phase);
      case Procedure.Hybrid _ -> {
        blueGoesLast(phase, finished);
        askedOfHybrid(phase);
      }
      case Procedure.DbLess _ -> askedWithoutDatastore(phase);
      case Procedure.Fresh _ -> askedOfInstall(phase);
    }
  }

  /// @param schema whether green's is ready to be changed by its Admin API
  private void blueGoesLast(Phase phase, boolean schema) {
    if (phase.action() == Action.MIGRATE_FINISH) {
      assertThat(blueRuns()).as("invariant 1: blue").isFalse();
      allOnGreenAndAgreed();
    }
    stopOfBlueComesLate(phase);
    if (phase.action() == Action.OPEN_ADMIN && phase.side() == Side.GREEN) {
      assertThat(schema && !blueRuns()).as("invariant 2: blue is gone first").isTrue();
    }
  }

  private void stopOfBlueComesLate(Phase phase) {
    if (phase.action() == Action.STOP_NODES && phase.side() == Side.BLUE) {
      assertThat(greenWeight).as("invariant 3: traffic").isEqualTo(100);
      assertThat(soaked).as("invariant 3: soak").isTrue();
    }
  }

  private void askedWithDowntime(Phase phase) {
    switch (phase.action()) {
      case STOP_NODES -> {
        assertThat(phase.side()).as("only blue stops").isEqualTo(Side.BLUE);
        assertThat(drained).as("nobody is served any more").isTrue();
        agreed();
      }
      case MIGRATE_UP, MIGRATE_FINISH -> {
        assertThat(blueRuns()).as("1.5 does not see 2.1's values").isFalse();
        assertThat(pastNoReturn).as("the point is passed first").isTrue();
      }
      case START_NODES ->
          assertThat(finished || phase.side() == Side.BLUE).as("on a finished schema").isTrue();
      default -> {}
    }
  }

  private void askedFromCommunity(Phase phase) {
    if (phase.action() == Action.MIGRATE_UP) {
      assertThat(pastNoReturn).as("the point is passed first").isTrue();
      assertThat(saved).as("there is a backup").isTrue();
      agreed();
    }
    stopOfBlueComesLate(phase);
  }

  private void askedOfHybrid(Phase phase) {
    boolean starts = phase.action() == Action.START_NODES;
    if (starts && phase.side() == Side.GREEN) {
      assertThat(blueAdminOpen || greenAdminOpen).as("the configuration is frozen").isFalse();
    }
    if (starts && phase.role() == Role.DATA_PLANE) {
      assertThat(nodes(phase)).as("control planes first").contains(Role.CONTROL_PLANE);
    }
    if (phase.action() == Action.STOP_NODES && phase.role() == Role.CONTROL_PLANE) {
      assertThat(nodes(phase)).as("control planes last").doesNotContain(Role.DATA_PLANE);
    }
  }

  private void askedWithoutDatastore(Phase phase) {
    assertThat(phase.action())
        .as("nothing migrates")
        .isNotIn(Action.MIGRATE_UP, Action.MIGRATE_FINISH, Action.BOOTSTRAP);
    if (phase.action() == Action.START_NODES && phase.side() == Side.GREEN) {
      assertThat(parsed).as("the file was read by green").isTrue();
    }
    stopOfBlueComesLate(phase);
  }

  private void askedOfInstall(Phase phase) {
    assertThat(phase.side()).as("there is no blue").isNotEqualTo(Side.BLUE);
    if (phase.action() == Action.START_NODES) {
      assertThat(keyspaces.bootstrapped()).as("on a schema").isTrue();
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
    agreed();
  }

  private void agreed() {
    assertThat(!gatesOpened.contains("confirm") || gatesPassed.contains("confirm"))
        .as("invariant 1: gate")
        .isTrue();
  }
}
