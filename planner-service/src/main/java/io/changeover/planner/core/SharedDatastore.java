package io.changeover.planner.core;

import java.util.List;
import java.util.stream.Stream;

/// The procedure of the upgrade guide's "Postgres" section: both versions on one datastore, traffic
/// moved step by step, `finish` once blue is gone.
record SharedDatastore(Phases phases) implements Itinerary {
  @Override
  public Procedure procedure() {
    return new Procedure.Shared();
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(
            phases.preflights(),
            phases.backup(),
            Stream.of(phases.of(Action.FENCE_ADMIN).on(Side.BLUE), phases.of(Action.MIGRATE_UP)),
            phases.greenTakesOver(),
            Stream.of(phases.drainBlue(), phases.stopBlue()),
            phases.greenAlone())
        .flatMap(part -> part)
        .toList();
  }

  /// Blue runs before it takes traffic: it may have been stopped.
  @Override
  public List<Phase> back() {
    return Stream.concat(Stream.of(phases.startBlueAgain()), phases.backToBlue().stream()).toList();
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
