package io.changeover.traffic.log;

import io.changeover.traffic.decide.Latencies;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Times of one side; written by the listener, drained by a step.
final class SideTimes {

  private static final long LONGEST_MILLIS = 3_600_000;

  /// Two digits: a percentile is right to one per cent.
  private final Recorder recorder = new Recorder(LONGEST_MILLIS, 2);

  void add(long millis) {
    recorder.recordValue(Math.clamp(millis, 0, LONGEST_MILLIS));
  }

  Latencies drain() {
    Histogram times = recorder.getIntervalHistogram();
    return times.getTotalCount() == 0
        ? Latencies.NONE
        : new Latencies(
            times.getTotalCount(),
            times.getMean(),
            times.getValueAtPercentile(50),
            times.getValueAtPercentile(95),
            times.getValueAtPercentile(99));
  }
}
