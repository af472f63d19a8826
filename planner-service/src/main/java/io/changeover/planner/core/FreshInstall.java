package io.changeover.planner.core;

import java.util.List;
import java.util.stream.Stream;

/// The first version of a cluster. What was bootstrapped stays when it is taken back.
record FreshInstall(Phases phases) implements Itinerary {
  @Override
  public Procedure procedure() {
    return new Procedure.Fresh();
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(Stream.of(phases.of(Action.PREFLIGHT)), schema(), nodes(), admin(), verify())
        .flatMap(part -> part)
        .toList();
  }

  private Stream<Phase> schema() {
    Action action = withoutDatastore() ? Action.PARSE_CONFIG : Action.BOOTSTRAP;
    return Stream.of(phases.of(action).on(Side.GREEN));
  }

  private Stream<Phase> nodes() {
    return hybrid()
        ? Stream.of(
            node("start-control-planes", Action.START_NODES, Role.CONTROL_PLANE),
            node("start-data-planes", Action.START_NODES, Role.DATA_PLANE))
        : Stream.of(phases.startGreen());
  }

  private Stream<Phase> admin() {
    return phases.cluster().adminBackend() && !withoutDatastore()
        ? Stream.of(phases.of(Action.OPEN_ADMIN).on(Side.GREEN))
        : Stream.empty();
  }

  private Stream<Phase> verify() {
    return Stream.of(phases.of(Action.VERIFY));
  }

  private Phase node(String name, Action action, Role role) {
    return phases.nodes(name, action, Side.GREEN, role);
  }

  private boolean hybrid() {
    return phases.cluster().topology() == Topology.HYBRID;
  }

  private boolean withoutDatastore() {
    return phases.cluster().topology() == Topology.DB_LESS;
  }

  @Override
  public List<Phase> back() {
    return hybrid()
        ? List.of(
            node("rollback-stop-data-planes", Action.STOP_NODES, Role.DATA_PLANE),
            node("rollback-stop-control-planes", Action.STOP_NODES, Role.CONTROL_PLANE))
        : List.of(phases.stopGreen());
  }

  @Override
  public String confirmed() {
    return Action.VERIFY.word();
  }

  @Override
  public boolean savesFirst() {
    return false;
  }
}
