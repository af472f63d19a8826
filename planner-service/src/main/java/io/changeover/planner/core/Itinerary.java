package io.changeover.planner.core;

import io.changeover.planner.core.ClusterSnapshot.GateBefore;
import java.util.List;
import java.util.Optional;

/// The phases of one hop in their order, without the gates and hooks of the cluster: what a
/// procedure comes to. [Stops] makes a hop of it.
sealed interface Itinerary
    permits SharedDatastore,
        KeyspaceCopy,
        WithDowntime,
        FromCommunity,
        HybridNodes,
        WithoutDatastore,
        FreshInstall {
  Procedure procedure();

  /// What is done.
  List<Phase> forward();

  /// What undoes it, in order; a rollback takes those that it needs.
  List<Phase> back();

  /// The phase before which somebody is asked for the last time.
  String confirmed();

  /// Whether the datastore is saved first, where that is switched on.
  boolean savesFirst();

  /// The gates that stand whatever the inventory says.
  default List<GateBefore> owed() {
    return List.of();
  }

  /// The itinerary of a procedure.
  static Itinerary of(Procedure procedure, Phases phases) {
    return switch (procedure) {
      case Procedure.Shared _ -> new SharedDatastore(phases);
      case Procedure.Copy(Way way) -> new KeyspaceCopy(phases, way);
      case Procedure.Downtime _ -> new WithDowntime(phases);
      case Procedure.Community _ -> new FromCommunity(phases);
      case Procedure.Hybrid _ -> new HybridNodes(phases);
      case Procedure.DbLess _ -> new WithoutDatastore(phases);
      case Procedure.Fresh _ -> new FreshInstall(phases);
    };
  }

  /// What the inventory asks for by word; empty when nobody knows it.
  static Optional<Procedure> asked(ClusterSnapshot cluster) {
    return Procedure.of(cluster.procedure(), cluster.way())
        .filter(asked -> asked instanceof Procedure.Shared || asked instanceof Procedure.Copy);
  }
}
