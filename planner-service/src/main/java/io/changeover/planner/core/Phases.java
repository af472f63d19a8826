package io.changeover.planner.core;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the phases of one hop as the cluster wants them: with its deadlines, its steps and its
/// runbooks. The same-named worker actions are the contract with the workers; what they must prove
/// is in [Proof].
///
/// @param from the version that serves, empty where none does
/// @param to the version that takes over
record Phases(ClusterSnapshot cluster, String from, String to) {
  Phase of(Action action) {
    return Phase.of(action, deadline(action, Duration.ZERO));
  }

  /// The looks before anything is done.
  Stream<Phase> preflights() {
    return Stream.of(of(Action.PREFLIGHT), of(Action.PREFLIGHT_ROUTER));
  }

  Phase startGreen() {
    return of(Action.START_NODES).named("start-green").on(Side.GREEN).by(provision(to));
  }

  /// Starts or stops the nodes of one role.
  Phase nodes(String name, Action action, Side side, Role role) {
    String version = side == Side.BLUE ? from : to;
    String runbook = action == Action.START_NODES ? provision(version) : decommission(version);
    return of(action).named(name).on(side).of(role).by(runbook);
  }

  Stream<Phase> backup() {
    return cluster.backup().equals("off") ? Stream.empty() : Stream.of(of(Action.BACKUP));
  }

  /// Green starts, takes all traffic step by step and keeps it for a while.
  Stream<Phase> greenTakesOver() {
    return Stream.concat(Stream.of(startGreen()), greenTakesTraffic());
  }

  /// Green takes all traffic step by step and keeps it for a while.
  Stream<Phase> greenTakesTraffic() {
    return Stream.concat(cluster.steps().stream().map(this::shift), Stream.of(soak()));
  }

  /// Green takes all traffic at once.
  Phase open() {
    return of(Action.SHIFT).named("open").shifting(new Shift(100, Duration.ZERO, null));
  }

  Phase drainBlue() {
    return of(Action.DRAIN).named("drain-blue").on(Side.BLUE);
  }

  Phase stopBlue() {
    return of(Action.STOP_NODES).named("stop-blue").on(Side.BLUE).by(decommission(from));
  }

  /// Blue is gone: the schema is finished, and green takes over what is left.
  Stream<Phase> greenAlone() {
    return Stream.of(
        of(Action.MIGRATE_FINISH), of(Action.OPEN_ADMIN).on(Side.GREEN), of(Action.VERIFY));
  }

  Phase startBlueAgain() {
    return of(Action.START_NODES).named(Retreat.START_BLUE).on(Side.BLUE).by(provision(from));
  }

  /// The way back while blue runs: traffic leaves green before green stops.
  List<Phase> backToBlue() {
    return List.of(restoreTraffic(), stopGreen(), openBlue(), verifyBack());
  }

  Phase restoreTraffic() {
    return of(Action.RESTORE_TRAFFIC)
        .named(Retreat.TRAFFIC)
        .shifting(new Shift(0, Duration.ZERO, null));
  }

  Phase stopGreen() {
    return of(Action.STOP_NODES).named(Retreat.STOP_GREEN).on(Side.GREEN).by(decommission(to));
  }

  Phase openBlue() {
    return of(Action.OPEN_ADMIN).named(Retreat.OPEN_ADMIN).on(Side.BLUE);
  }

  Phase verifyBack() {
    return of(Action.VERIFY_ROLLBACK).named(Retreat.VERIFY);
  }

  private Phase shift(Shift shift) {
    return Phase.of(Action.SHIFT, deadline(Action.SHIFT, shift.length()))
        .named("shift-" + shift.weight())
        .shifting(shift);
  }

  private Phase soak() {
    Shift soak = new Shift(100, cluster.soak(), cluster.soakAnalysis());
    return Phase.of(Action.SOAK, deadline(Action.SOAK, soak.length())).shifting(soak);
  }

  /// What the inventory or the action allows, on top of what the phase has to last anyway.
  private Duration deadline(Action action, Duration length) {
    return cluster.deadlines().getOrDefault(action.word(), action.deadline()).plus(length);
  }

  private @Nullable String provision(String version) {
    return cluster.version(version).map(ClusterSnapshot.Version::provision).orElse(null);
  }

  private @Nullable String decommission(String version) {
    return cluster.version(version).map(ClusterSnapshot.Version::decommission).orElse(null);
  }
}
