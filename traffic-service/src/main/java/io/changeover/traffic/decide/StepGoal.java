package io.changeover.traffic.decide;

import java.time.Duration;
import java.util.List;

/// What a step must show before it is done.
///
/// @param weight percentage of new requests that green shall have
/// @param pause least time at the weight
/// @param interval between measurements
/// @param count measurements of each rule, at least
/// @param minimumRequests completed requests of green that one measurement needs
/// @param rules empty for no analysis
public record StepGoal(
    int weight,
    Duration pause,
    Duration interval,
    int count,
    long minimumRequests,
    List<MetricRule> rules) {

  /// The weight as a share.
  public double share() {
    return weight / 100.0;
  }
}
