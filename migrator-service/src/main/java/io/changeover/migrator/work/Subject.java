package io.changeover.migrator.work;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Datastore;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.messages.PhaseCommand;
import io.changeover.migrator.observe.Release;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.List;
import java.util.Optional;

/// What a command is about: the cluster with its two sides and its datastore.
record Subject(
    PhaseContext context, Cluster cluster, PostgresDatastore datastore, Side blue, Side green) {

  /// Work on a subject.
  interface Work {
    Outcome on(Subject subject) throws InterruptedException;
  }

  /// Does the work, or says what the inventory lacks for it.
  static Outcome of(PhaseContext context, Work work) throws InterruptedException {
    Cluster cluster = context.cluster();
    PhaseCommand command = context.command();
    Optional<Side> blue = side(cluster, Side.BLUE, command.getFromVersion(), List.of());
    Optional<Side> green = side(cluster, Side.GREEN, command.getToVersion(), command.getPlugins());
    Datastore datastore = cluster.datastore();
    if (!(datastore instanceof PostgresDatastore postgres)) {
      return Outcome.fatal(
          "cluster "
              + cluster.name()
              + " keeps its configuration in "
              + datastore.getClass().getSimpleName(),
          "a `postgres` datastore for "
              + command.getAction()
              + " of the shared-datastore procedure",
          "choose the procedure that fits the datastore");
    }
    if (blue.isEmpty() || green.isEmpty()) {
      return Outcome.fatal(
          "the inventory of cluster "
              + cluster.name()
              + " knows the versions "
              + cluster.versions().keySet(),
          "entries for "
              + command.getFromVersion()
              + " and "
              + command.getToVersion()
              + " under `kong`",
          "add what is missing, then retry the phase");
    }
    return work.on(
        new Subject(context, cluster, postgres, blue.orElseThrow(), green.orElseThrow()));
  }

  private static Optional<Side> side(
      Cluster cluster, String name, String version, List<String> plugins) {
    Optional<KongVersion> known = cluster.version(version);
    Optional<Release> release = Release.in(version);
    return known.isPresent() && release.isPresent()
        ? Optional.of(new Side(name, known.orElseThrow(), release.orElseThrow(), plugins))
        : Optional.empty();
  }

  PhaseCommand command() {
    return context.command();
  }

  /// The side that the command names.
  Optional<Side> side() {
    String name = command().getSide();
    if (Side.BLUE.equals(name)) {
      return Optional.of(blue);
    }
    return Side.GREEN.equals(name) ? Optional.of(green) : Optional.empty();
  }

  /// For commands that must name a side.
  static Outcome.Failed sideless(PhaseCommand command) {
    return Outcome.fatal(
        "the command " + command.getId() + " names the side " + command.getSide(),
        "blue or green",
        "run planner and workers of the same release");
  }
}
