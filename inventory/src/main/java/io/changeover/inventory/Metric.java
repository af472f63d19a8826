package io.changeover.inventory;

import java.util.Optional;
import java.util.Set;

/// One metric of an analysis.
///
/// @param name one of [#NAMES]; latencies in milliseconds, success rate 0 to 1
/// @param failureLimit measurements that may fail before the analysis does
/// @param consecutiveErrorLimit errors in a row (could not measure) that are borne
/// @param inconclusiveLimit inconclusive measurements that are borne
public record Metric(
    String name,
    Optional<Condition> successCondition,
    Optional<Condition> failureCondition,
    int failureLimit,
    int consecutiveErrorLimit,
    int inconclusiveLimit) {

  /// What can be measured.
  public static final Set<String> NAMES =
      Set.of("success-rate", "latency-average", "latency-p50", "latency-p95", "latency-p99");
}
