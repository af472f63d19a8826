package io.changeover.traffic.decide;

import java.util.Optional;
import java.util.stream.Stream;

/// What can be measured of a side in a window.
public enum MetricName {
  /// 0 to 1.
  SUCCESS_RATE("success-rate"),
  /// Milliseconds, as the others.
  LATENCY_AVERAGE("latency-average"),
  LATENCY_P50("latency-p50"),
  LATENCY_P95("latency-p95"),
  LATENCY_P99("latency-p99");

  private final String word;

  MetricName(String word) {
    this.word = word;
  }

  /// The word that messages and inventories use.
  public String word() {
    return word;
  }

  /// Reads the word.
  public static Optional<MetricName> of(String word) {
    return Stream.of(values()).filter(name -> name.word.equals(word)).findFirst();
  }
}
