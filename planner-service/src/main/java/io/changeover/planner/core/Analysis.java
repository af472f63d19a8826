package io.changeover.planner.core;

import java.time.Duration;
import java.util.List;

/// What a shift or soak has to measure before it is done.
///
/// @param interval between two measurements
/// @param count measurements per metric
/// @param minimumRequests on green, for a measurement to be conclusive
public record Analysis(Duration interval, int count, long minimumRequests, List<Metric> metrics) {
  public Analysis {
    metrics = List.copyOf(metrics);
  }

  /// The least time that it takes.
  Duration length() {
    return interval.multipliedBy(Math.max(0, count));
  }
}
