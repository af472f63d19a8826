package io.changeover.planner.core;

import java.util.List;
import java.util.stream.Stream;

/// Control planes first, then data planes; blue's control planes stay until no data plane of blue
/// is left, and nobody may change the configuration all that time: a change at green's side does
/// not reach blue's data planes.
record HybridNodes(Phases phases) implements Itinerary {
  @Override
  public Procedure procedure() {
    return new Procedure.Hybrid();
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(
            phases.preflights(),
            phases.backup(),
            Stream.of(
                phases.of(Action.FREEZE_ADMIN).on(Side.BLUE),
                phases.of(Action.MIGRATE_UP),
                start("start-control-planes", Side.GREEN, Role.CONTROL_PLANE),
                start("start-data-planes", Side.GREEN, Role.DATA_PLANE)),
            phases.greenTakesTraffic(),
            Stream.of(
                phases.drainBlue(),
                stop("stop-data-planes", Side.BLUE, Role.DATA_PLANE),
                stop("stop-control-planes", Side.BLUE, Role.CONTROL_PLANE)),
            phases.greenAlone())
        .flatMap(part -> part)
        .toList();
  }

  private Phase start(String name, Side side, Role role) {
    return phases.nodes(name, Action.START_NODES, side, role);
  }

  private Phase stop(String name, Side side, Role role) {
    return phases.nodes(name, Action.STOP_NODES, side, role);
  }

  @Override
  public List<Phase> back() {
    return List.of(
        start("rollback-start-control-planes", Side.BLUE, Role.CONTROL_PLANE),
        start("rollback-start-data-planes", Side.BLUE, Role.DATA_PLANE),
        phases.restoreTraffic(),
        stop("rollback-stop-data-planes", Side.GREEN, Role.DATA_PLANE),
        stop("rollback-stop-control-planes", Side.GREEN, Role.CONTROL_PLANE),
        phases.openBlue(),
        phases.verifyBack());
  }

  @Override
  public String confirmed() {
    return Action.MIGRATE_FINISH.word();
  }

  @Override
  public boolean savesFirst() {
    return true;
  }
}
