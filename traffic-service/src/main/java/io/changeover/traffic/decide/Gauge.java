package io.changeover.traffic.decide;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Values of all metrics of one window.
///
/// @param fromLog whether latencies come from the log stream; otherwise all of them are the
///   router's averages
/// @param green by metric
/// @param blue by metric; empty when blue had too few requests to compare with
public record Gauge(boolean fromLog, Map<MetricName, Double> green, Map<MetricName, Double> blue) {

  private static final double COVERAGE = 0.8;
  private static final long FEWEST_FOR_BASELINE = 10;

  /// Measures a window. The log is used only when it covers both sides: it comes over UDP and may
  /// lose lines.
  ///
  /// @param minimumRequests what green needed; blue needs the same up to a handful
  public static Gauge of(Window window, LogWindow log, long minimumRequests) {
    boolean fromLog =
        log.green().lines() > 0
            && covers(log.green(), window.green())
            && covers(log.blue(), window.blue());
    long least = Math.max(1, Math.min(minimumRequests, FEWEST_FOR_BASELINE));
    boolean comparable = window.blue().counters().completed() >= least;
    return new Gauge(
        fromLog,
        values(window.green(), log.green(), fromLog),
        comparable ? values(window.blue(), log.blue(), fromLog) : Map.of());
  }

  private static boolean covers(Latencies lines, SideWindow side) {
    return lines.lines() >= COVERAGE * side.counters().completed();
  }

  private static Map<MetricName, Double> values(
      SideWindow side, Latencies latencies, boolean fromLog) {
    Map<MetricName, Double> values = new EnumMap<>(MetricName.class);
    for (MetricName name : MetricName.values()) {
      values.put(name, value(name, side, latencies, fromLog));
    }
    return Map.copyOf(values);
  }

  private static double value(
      MetricName name, SideWindow side, Latencies latencies, boolean fromLog) {
    double average = side.averageMillis();
    return switch (name) {
      case SUCCESS_RATE -> side.successRate();
      case LATENCY_AVERAGE -> fromLog ? latencies.mean() : average;
      case LATENCY_P50 -> fromLog ? latencies.p50() : average;
      case LATENCY_P95 -> fromLog ? latencies.p95() : average;
      case LATENCY_P99 -> fromLog ? latencies.p99() : average;
    };
  }

  /// One metric, with blue's value here, or what it was when it last had one.
  Measured measured(MetricName name, Map<MetricName, Double> remembered) {
    Double baseline = blue.containsKey(name) ? blue.get(name) : remembered.get(name);
    return new Measured(
        green.getOrDefault(name, Double.NaN),
        baseline == null ? OptionalDouble.empty() : OptionalDouble.of(baseline));
  }
}
