package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.schemas.Actions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Tries once, while a keyspace is copied or compared, to write through the Admin API.
final class FreezeWatch implements Watch {
  private static final Set<String> MOMENTS = Set.of(Actions.COPY, Actions.COMPARE);

  private final Topology place;
  private List<Check> checks = List.of();

  FreezeWatch(Topology place) {
    this.place = place;
  }

  /// Looks whether it is time, and tries.
  @Override
  public void look(Timeline timeline) {
    if (!checks.isEmpty()) {
      return;
    }
    Set<String> begun =
        timeline.phases().stream().map(Timeline.PhaseLine::name).collect(Collectors.toSet());
    if (begun.stream().anyMatch(MOMENTS::contains)) {
      try {
        checks = List.of(new AdminProbe(place).frozen());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public List<Check> checks() {
    return checks.isEmpty()
        ? List.of(
            new Check("blue's Admin API was read-only during the copy", false, "no copy was seen"))
        : checks;
  }
}
