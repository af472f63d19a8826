package io.changeover.planner.core;

import java.util.List;
import java.util.stream.Stream;

/// Community to Enterprise of the same open-source base. Nobody may change the configuration once
/// its entities are counted, so the Admin API is fenced before the backup.
record FromCommunity(Phases phases) implements Itinerary {
  @Override
  public Procedure procedure() {
    return new Procedure.Community();
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(
            phases.preflights(),
            Stream.of(phases.of(Action.FENCE_ADMIN).on(Side.BLUE)),
            phases.backup(),
            Stream.of(phases.of(Action.MIGRATE_UP)),
            phases.greenTakesOver(),
            Stream.of(phases.drainBlue(), phases.stopBlue()),
            phases.greenAlone())
        .flatMap(part -> part)
        .toList();
  }

  @Override
  public List<Phase> back() {
    return List.of(phases.openBlue(), phases.verifyBack());
  }

  @Override
  public String confirmed() {
    return Action.MIGRATE_UP.word();
  }

  @Override
  public boolean savesFirst() {
    return true;
  }
}
