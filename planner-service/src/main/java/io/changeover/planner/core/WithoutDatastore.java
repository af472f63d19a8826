package io.changeover.planner.core;

import java.util.List;
import java.util.stream.Stream;

/// Nodes that read a declarative file: green's binary reads it first, and blue stops last.
record WithoutDatastore(Phases phases) implements Itinerary {
  @Override
  public Procedure procedure() {
    return new Procedure.DbLess();
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(
            phases.preflights(),
            Stream.of(phases.of(Action.PARSE_CONFIG).on(Side.GREEN)),
            phases.greenTakesOver(),
            Stream.of(phases.drainBlue(), phases.stopBlue(), phases.of(Action.VERIFY)))
        .flatMap(part -> part)
        .toList();
  }

  @Override
  public List<Phase> back() {
    return List.of(phases.restoreTraffic(), phases.stopGreen(), phases.verifyBack());
  }

  @Override
  public String confirmed() {
    return phases.drainBlue().name();
  }

  @Override
  public boolean savesFirst() {
    return false;
  }
}
