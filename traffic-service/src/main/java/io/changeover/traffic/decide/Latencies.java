package io.changeover.traffic.decide;

/// Times of one side's requests from the log stream, in milliseconds, requests cut short by their
/// clients left out.
///
/// @param lines requests that these numbers are made of
public record Latencies(long lines, double mean, double p50, double p95, double p99) {

  /// No line seen.
  public static final Latencies NONE = new Latencies(0, 0, 0, 0, 0);
}
