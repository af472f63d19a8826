package io.changeover.planner.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The procedure of the upgrade guide's "Postgres" section: both versions on one datastore, traffic
/// moved step by step, `finish` once blue is gone.
///
/// The same-named worker actions are the contract with the workers; what they must prove is in
/// [Proof].
final class SharedDatastore {
  static final String NAME = "shared-datastore";

  /// The gate before the point of no return, added where other gates are asked for without it. An
  /// empty list means that nobody wants to be asked.
  private static final ClusterSnapshot.GateBefore CONFIRM =
      new ClusterSnapshot.GateBefore("confirm", Action.MIGRATE_FINISH.word(), Duration.ofHours(24));

  private final ClusterSnapshot cluster;
  private final String from;
  private final String to;

  SharedDatastore(ClusterSnapshot cluster, String from, String to) {
    this.cluster = cluster;
    this.from = from;
    this.to = to;
  }

  Hop hop() {
    return new Hop(NAME, from, to, steps(), rollback());
  }

  /// The phases without gates and hooks.
  List<Phase> phases() {
    return Stream.of(
            Stream.of(phase(Action.PREFLIGHT), phase(Action.PREFLIGHT_ROUTER)),
            cluster.backup().equals("off")
                ? Stream.<Phase>empty()
                : Stream.of(phase(Action.BACKUP)),
            Stream.of(
                phase(Action.FENCE_ADMIN).on(Side.BLUE),
                phase(Action.MIGRATE_UP),
                phase(Action.START_NODES).named("start-green").on(Side.GREEN).by(provision(to))),
            cluster.steps().stream().map(this::shift),
            Stream.of(
                soak(),
                phase(Action.DRAIN).named("drain-blue").on(Side.BLUE),
                phase(Action.STOP_NODES).named("stop-blue").on(Side.BLUE).by(decommission(from)),
                phase(Action.MIGRATE_FINISH),
                phase(Action.OPEN_ADMIN).on(Side.GREEN),
                phase(Action.VERIFY)))
        .flatMap(part -> part)
        .toList();
  }

  /// What undoes it, in order: blue runs before it takes traffic, and traffic leaves green before
  /// green stops.
  private List<Phase> rollback() {
    return List.of(
        phase(Action.START_NODES).named(Retreat.START_BLUE).on(Side.BLUE).by(provision(from)),
        phase(Action.RESTORE_TRAFFIC)
            .named(Retreat.TRAFFIC)
            .shifting(new Shift(0, Duration.ZERO, null)),
        phase(Action.STOP_NODES).named(Retreat.STOP_GREEN).on(Side.GREEN).by(decommission(to)),
        phase(Action.OPEN_ADMIN).named(Retreat.OPEN_ADMIN).on(Side.BLUE),
        phase(Action.VERIFY_ROLLBACK).named(Retreat.VERIFY));
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Phase phase : phases()) {
      gates()
          .filter(gate -> gate.before().equals(phase.name()))
          .forEach(gate -> steps.add(new Gate(gate.name(), gate.deadline())));
      cluster.hooks().stream()
          .filter(hook -> hook.before().equals(phase.name()))
          .forEach(hook -> steps.add(runbook(hook, taken)));
      steps.add(phase);
    }
    return steps;
  }

  private Stream<ClusterSnapshot.GateBefore> gates() {
    boolean confirmed =
        cluster.gates().isEmpty()
            || cluster.gates().stream().anyMatch(gate -> gate.before().equals(CONFIRM.before()));
    return confirmed
        ? cluster.gates().stream()
        : Stream.concat(cluster.gates().stream(), Stream.of(CONFIRM));
  }

  private static Phase runbook(ClusterSnapshot.HookBefore hook, Set<String> taken) {
    String name = "runbook-" + hook.runbook();
    for (int i = 2; !taken.add(name); i++) {
      name = "runbook-" + hook.runbook() + "-" + i;
    }
    return Phase.of(Action.RUNBOOK, hook.deadline()).named(name).by(hook.runbook());
  }

  private Phase phase(Action action) {
    return Phase.of(action, deadline(action, Duration.ZERO));
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
