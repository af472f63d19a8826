package io.changeover.planner.core;

import io.changeover.planner.core.ClusterSnapshot.GateBefore;
import java.util.List;
import java.util.Optional;

/// The phases of one hop in their order, without the gates and hooks of the cluster: what a
/// procedure comes to. [Stops] makes a hop of it.
sealed interface Itinerary permits SharedDatastore, KeyspaceCopy {
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
  List<GateBefore> owed();

  /// The itinerary of the procedure that the cluster asks for; empty when nobody knows it.
  static Optional<Itinerary> of(ClusterSnapshot cluster, String from, String to) {
    Phases phases = new Phases(cluster, from, to);
    return Procedure.of(cluster.procedure(), cluster.way())
        .map(
            procedure ->
                switch (procedure) {
                  case Procedure.Shared _ -> new SharedDatastore(phases);
                  case Procedure.Copy(Way way) -> new KeyspaceCopy(phases, way);
                });
  }
}
