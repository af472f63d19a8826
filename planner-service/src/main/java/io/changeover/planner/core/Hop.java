package io.changeover.planner.core;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// From one version to the next on the path.
///
/// A hop without datastore has no phase that touches one: there is no such value. A hop of a hybrid
/// cluster starts control planes before data planes and stops data planes before control planes.
///
/// @param fromVersion empty for a fresh install
/// @param steps what is done, in order
/// @param rollback the phases that undo it; a rollback takes those that it needs
public record Hop(
    Procedure procedure,
    String fromVersion,
    String toVersion,
    List<Step> steps,
    List<Phase> rollback) {
  private static final Set<Action> WITHOUT_DATASTORE =
      Set.of(
          Action.PREFLIGHT,
          Action.PREFLIGHT_ROUTER,
          Action.PARSE_CONFIG,
          Action.START_NODES,
          Action.SHIFT,
          Action.SOAK,
          Action.DRAIN,
          Action.STOP_NODES,
          Action.VERIFY,
          Action.RESTORE_TRAFFIC,
          Action.VERIFY_ROLLBACK,
          Action.RUNBOOK);

  public Hop {
    steps = List.copyOf(steps);
    rollback = List.copyOf(rollback);
    switch (procedure) {
      case Procedure.DbLess _ -> withoutDatastore(steps, rollback);
      case Procedure.Hybrid _ -> inOrder(steps);
      case Procedure.Shared _,
          Procedure.Copy _,
          Procedure.Downtime _,
          Procedure.Community _,
          Procedure.Fresh _ -> {}
    }
  }

  private static void withoutDatastore(List<Step> steps, List<Phase> rollback) {
    Stream.concat(phases(steps), rollback.stream())
        .filter(phase -> !WITHOUT_DATASTORE.contains(phase.action()))
        .findFirst()
        .ifPresent(
            phase -> {
              throw new BrokenInvariant(
                  "Expected no phase that needs a datastore in a db-less hop, but got "
                      + phase.name()
                      + ": Kong's commands exit 0 there and do nothing");
            });
  }

  private static void inOrder(List<Step> steps) {
    List<Phase> nodes =
        phases(steps)
            .filter(
                phase ->
                    phase.action() == Action.START_NODES || phase.action() == Action.STOP_NODES)
            .toList();
    List<String> roles =
        nodes.stream()
            .map(phase -> phase.action().word() + " " + (phase.role() == null ? "" : phase.role()))
            .toList();
    List<String> sound =
        List.of(
            "start-nodes CONTROL_PLANE",
            "start-nodes DATA_PLANE",
            "stop-nodes DATA_PLANE",
            "stop-nodes CONTROL_PLANE");
    if (!roles.equals(sound)) {
      throw new BrokenInvariant(
          "Expected the nodes of a hybrid hop as " + sound + ", got " + roles);
    }
  }

  private static Stream<Phase> phases(List<Step> steps) {
    return steps.stream().filter(Phase.class::isInstance).map(Phase.class::cast);
  }

  /// Whether the same version goes on with more plugins, on nodes of its own.
  public boolean addsPlugins() {
    return KongVersion.relabelled(fromVersion, toVersion)
        && !(procedure instanceof Procedure.Community);
  }

  /// Whether both versions are of one minor: a patch, which may carry migrations too.
  public boolean patch() {
    boolean oneMinor =
        KongVersion.parse(fromVersion)
            .map(KongVersion::minor)
            .equals(KongVersion.parse(toVersion).map(KongVersion::minor));
    return oneMinor && !addsPlugins();
  }

  /// The same with names that begin so, where a plan has several hops.
  Hop prefixed(String prefix) {
    return new Hop(
        procedure,
        fromVersion,
        toVersion,
        steps.stream().map(step -> renamed(step, prefix)).toList(),
        rollback.stream().map(phase -> phase.named(prefix + phase.name())).toList());
  }

  private static Step renamed(Step step, String prefix) {
    return switch (step) {
      case Phase phase -> phase.named(prefix + phase.name());
      case Gate gate -> new Gate(prefix + gate.name(), gate.deadline());
    };
  }
}
