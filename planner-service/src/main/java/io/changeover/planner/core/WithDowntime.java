package io.changeover.planner.core;

import io.changeover.planner.core.ClusterSnapshot.GateBefore;
import java.util.List;
import java.util.stream.Stream;

/// From 1.5 to 2.1 on one datastore: the router sends to nobody and blue is gone before the first
/// migration, since 2.1 changes values that 1.5 nodes read and write.
record WithDowntime(Phases phases) implements Itinerary {
  /// The gate at which somebody says that the files of the Dev Portal are as 2.1 wants them.
  static final String DEV_PORTAL = "dev-portal";

  @Override
  public Procedure procedure() {
    return new Procedure.Downtime();
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(
            phases.preflights(),
            phases.backup(),
            Stream.of(
                phases.of(Action.FENCE_ADMIN).on(Side.BLUE),
                phases.drainBlue(),
                phases.stopBlue(),
                phases.of(Action.MIGRATE_UP),
                phases.of(Action.MIGRATE_FINISH),
                phases.startGreen(),
                phases.open(),
                phases.of(Action.OPEN_ADMIN).on(Side.GREEN),
                phases.of(Action.VERIFY)))
        .flatMap(part -> part)
        .toList();
  }

  @Override
  public List<Phase> back() {
    return List.of(
        phases.startBlueAgain(), phases.restoreTraffic(), phases.openBlue(), phases.verifyBack());
  }

  @Override
  public String confirmed() {
    return phases.drainBlue().name();
  }

  @Override
  public boolean savesFirst() {
    return true;
  }

  @Override
  public List<GateBefore> owed() {
    return List.of(new GateBefore(DEV_PORTAL, phases.drainBlue().name(), null));
  }
}
