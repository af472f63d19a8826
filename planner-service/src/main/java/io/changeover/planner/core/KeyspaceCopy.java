package io.changeover.planner.core;

import io.changeover.planner.core.ClusterSnapshot.GateBefore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The procedure of the upgrade guide's "Cassandra" section: green gets a keyspace of its own,
/// filled from blue's while nobody may change blue's configuration, and takes the traffic once both
/// say the same. What blue's traffic itself wrote meanwhile follows when blue is drained.
///
/// Blue is not stopped before the point of no return, so that no way back has to start it.
record KeyspaceCopy(Phases phases, Way way) implements Itinerary {
  /// The gate at which somebody accepts what Kong's own export loses.
  static final String ACCEPT_LOSS = "accept-loss";

  private static final GateBefore LOSS =
      new GateBefore(ACCEPT_LOSS, Action.EXPORT.word(), Duration.ofHours(24));

  @Override
  public Procedure procedure() {
    return new Procedure.Copy(way);
  }

  @Override
  public List<Phase> forward() {
    return Stream.of(
            phases.preflights(),
            Stream.of(
                phases.of(Action.FREEZE_ADMIN).on(Side.BLUE),
                phases.of(Action.BOOTSTRAP).on(Side.GREEN)),
            fill().map(phases::of),
            Stream.of(phases.of(Action.COMPARE)),
            phases.greenTakesOver(),
            Stream.of(
                phases.drainBlue(),
                phases.of(Action.DELTA).named("cut"),
                phases.stopBlue(),
                phases.of(Action.OPEN_ADMIN).on(Side.GREEN),
                phases.of(Action.VERIFY)))
        .flatMap(part -> part)
        .toList();
  }

  private Stream<Action> fill() {
    return switch (way) {
      case COPY -> Stream.of(Action.COPY);
      case DUMP, KONG_YML -> Stream.of(Action.EXPORT, Action.TRANSFER, Action.IMPORT);
    };
  }

  @Override
  public List<Phase> back() {
    return phases.backToBlue();
  }

  @Override
  public String confirmed() {
    return phases.drainBlue().name();
  }

  /// Blue's keyspace is only read: it is the backup.
  @Override
  public boolean savesFirst() {
    return false;
  }

  @Override
  public List<GateBefore> owed() {
    return switch (way) {
      case COPY, DUMP -> List.of();
      case KONG_YML -> List.of(LOSS);
    };
  }
}
