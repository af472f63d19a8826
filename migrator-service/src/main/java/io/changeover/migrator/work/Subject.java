package io.changeover.migrator.work;

import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Datastore;
import io.changeover.inventory.Edition;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.NoDatastore;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Probe;
import io.changeover.inventory.Role;
import io.changeover.messages.PhaseCommand;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.KongStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.Release;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.kong.KongTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a command is about: the cluster with its two sides and its datastore.
///
/// @param blueStore where blue keeps its configuration
/// @param greenStore where green does; the same but for a keyspace copy
record Subject(
    PhaseContext context,
    Cluster cluster,
    KongStore blueStore,
    KongStore greenStore,
    Side blue,
    Side green) {

  /// Work on a subject.
  interface Work {
    Outcome on(Subject subject) throws InterruptedException;
  }

  /// Does the work, or says what the inventory lacks for it.
  static Outcome of(PhaseContext context, Work work) throws InterruptedException {
    Cluster cluster = context.cluster();
    PhaseCommand command = context.command();
    Optional<Side> green = side(cluster, Side.GREEN, command.getToVersion(), command.getPlugins());
    Optional<Side> blue =
        command.getFromVersion().isEmpty()
            ? green.map(Subject::nobody)
            : side(cluster, Side.BLUE, command.getFromVersion(), List.of());
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
    KongStore blueStore = blueStore(cluster.datastore());
    return work.on(
        new Subject(
            context,
            cluster,
            blueStore,
            cluster.addsPlugins(command.getFromVersion(), command.getToVersion())
                ? blueStore
                : greenStore(cluster.datastore()),
            blue.orElseThrow(),
            green.orElseThrow()));
  }

  private static KongStore blueStore(Datastore datastore) {
    return switch (datastore) {
      case NoDatastore _ -> new NoStore();
      case PostgresDatastore postgres -> new PostgresStore(postgres);
      case CassandraDatastore cassandra -> new KeyspaceStore(cassandra.blue(), cassandra.blue());
    };
  }

  private static KongStore greenStore(Datastore datastore) {
    return switch (datastore) {
      case NoDatastore _ -> new NoStore();
      case PostgresDatastore postgres -> new PostgresStore(postgres);
      case CassandraDatastore cassandra ->
          new KeyspaceStore(cassandra.green().orElse(cassandra.blue()), cassandra.blue());
    };
  }

  /// Blue where nothing serves yet: the command of the only version there is, and no node.
  private static Side nobody(Side green) {
    KongVersion version = green.version();
    return new Side(
        Side.BLUE,
        new KongVersion(
            version.version(),
            version.edition(),
            version.command(),
            version.conf(),
            version.declarative(),
            version.environment(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        green.release(),
        List.of());
  }

  /// Whether nothing serves yet: the command comes from no version.
  boolean fresh() {
    return command().getFromVersion().isEmpty();
  }

  /// The request that proves a node; without configuration no route answers one.
  Optional<Probe> probe() {
    return fresh() ? Optional.empty() : cluster.probe();
  }

  /// Whether green gets a datastore of its own, which blue never sees.
  boolean copied() {
    return !blueStore.equals(greenStore);
  }

  /// Whether the same Kong goes on with more plugins, on other nodes and the same datastore.
  boolean addsPlugins() {
    return blue.version().isRelabelled(green.version());
  }

  /// Whether this is the move from Community to Enterprise.
  boolean toEnterprise() {
    return blue.version().edition() == Edition.COMMUNITY
        && green.version().edition() == Edition.ENTERPRISE;
  }

  /// Why no `kong migrations` may run, where the cluster has no datastore.
  Optional<Outcome.Failed> noMigrations(String verb) {
    return greenStore instanceof NoStore
        ? Optional.of(
            Outcome.fatal(
                "cluster "
                    + cluster.name()
                    + " has no datastore: there is nothing to migrate, and `kong migrations "
                    + verb
                    + "` on such a node exits 0 and does nothing, which would look like success",
                "a cluster with a datastore, or the procedure `db-less`, which has no migrations",
                "choose the procedure that fits the cluster's topology"))
        : Optional.empty();
  }

  /// The role that the command is about; empty for all nodes.
  Optional<Role> role() {
    return Arrays.stream(Role.values())
        .filter(role -> role.word().equals(command().getRole()))
        .findFirst();
  }

  /// Why the command's role means nothing here.
  Optional<Outcome.Failed> roleless() {
    String word = command().getRole();
    return word == null || role().isPresent()
        ? Optional.empty()
        : Optional.of(
            Outcome.fatal(
                "the command " + command().getId() + " names the role " + word,
                "control-plane or data-plane, or none",
                "run planner and workers of the same release"));
  }

  /// The database role that the nodes of a side log in with, and nobody else, if it has one.
  Optional<String> ownRole(Side side) {
    return cluster.ownRole(side.version());
  }

  /// The command that reads and changes the schema for a side.
  KongTarget migrating(Side side) {
    return side.target().migrating(cluster, side.version());
  }

  /// Where a side keeps its configuration.
  KongStore store(Side side) {
    return side.blue() ? blueStore : greenStore;
  }

  private static Optional<Side> side(
      Cluster cluster, String name, String version, List<String> plugins) {
    Optional<KongVersion> known = cluster.version(version);
    Optional<Release> release = known.map(KongVersion::number).flatMap(Release::in);
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
