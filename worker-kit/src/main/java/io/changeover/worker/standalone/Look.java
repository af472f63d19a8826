package io.changeover.worker.standalone;

import io.changeover.inventory.Cluster;
import io.changeover.worker.PhaseWork;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What one worker looks at.
///
/// @param worker its name, for findings
/// @param work changes nothing
/// @param places what it must reach for a cluster; reaching one of them is enough
public record Look(String worker, PhaseWork work, Function<Cluster, List<Place>> places) {

  /// How much at a time, and how long each.
  ///
  /// @param parallel clusters that are looked at together
  /// @param deadline the time that one cluster gets
  public record Limits(int parallel, Duration deadline) {

    /// The shorter of a service's own limit and a share of the deadline.
    public Duration within(Duration own, int share) {
      Duration part = deadline.dividedBy(share);
      return own.compareTo(part) < 0 ? own : part;
    }
  }
}
