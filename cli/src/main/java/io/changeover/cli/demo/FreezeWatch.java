package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Actions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tries once, while nobody may write, to write through the Admin API.
final class FreezeWatch implements Watch {
  private final Topology place;
  private final Set<String> moments;
  private final String when;
  private List<Check> checks = List.of();

  /// While a keyspace is copied or compared.
  FreezeWatch(Topology place) {
    this(place, Set.of(Actions.COPY, Actions.COMPARE), "during the copy");
  }

  /// When a phase has begun.
  FreezeWatch(Topology place, String phase, String when) {
    this(place, Set.of(phase), when);
  }

  private FreezeWatch(Topology place, Set<String> moments, String when) {
    this.place = place;
    this.moments = moments;
    this.when = when;
  }

  /// Looks whether it is time, and tries.
  @Override
  public void look(Timeline timeline, Optional<LoadReport> load, Instant now) {
    if (!checks.isEmpty()) {
      return;
    }
    Set<String> begun =
        timeline.phases().stream().map(Timeline.PhaseLine::name).collect(Collectors.toSet());
    if (begun.stream().anyMatch(moments::contains)) {
      try {
        checks = List.of(new AdminProbe(place).frozen(when));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public List<Check> checks() {
    return checks.isEmpty()
        ? List.of(
            new Check(
                "blue's Admin API was read-only " + when,
                false,
                "none of these phases was seen: " + moments))
        : checks;
  }
}
