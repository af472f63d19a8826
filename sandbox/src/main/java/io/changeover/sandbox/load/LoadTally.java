package io.changeover.sandbox.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Counts what happened to each request. Safe for several threads; every request is counted exactly
/// once.
final class LoadTally {

  private static final long LONGEST_MICROS = 120_000_000;
  private static final int RECENT = 20;

  private final Instant startedAt;
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> servedBy = new TreeMap<>();
  private final Map<String, Instant> lastServedBy = new TreeMap<>();
  private final Deque<String> recent = new ArrayDeque<>();
  private long fresh;
  private long keptAlive;
  private long ok;
  private long keyed;
  private long failed;
  private long reportedSent;
  private Instant reportedAt;

  LoadTally(Instant startedAt) {
    this.startedAt = startedAt;
    this.reportedAt = startedAt;
  }

  synchronized void begun(boolean onFresh) {
    if (onFresh) {
      fresh++;
    } else {
      keptAlive++;
    }
  }

  synchronized void answered(String version, Instant at, Duration took) {
    servedBy.merge(version, 1L, Long::sum);
    lastServedBy.put(version, at);
    micros.recordValue(Math.clamp(took.toNanos() / 1000, 1, LONGEST_MICROS));
  }

  synchronized void succeeded(boolean withKey) {
    ok++;
    keyed += withKey ? 1 : 0;
  }

  synchronized void failed(String reason, String words) {
    failed++;
    failures.merge(reason, 1L, Long::sum);
    if (recent.size() == RECENT) {
      recent.removeFirst();
    }
    recent.addLast(words);
  }

  synchronized long inFlight() {
    return fresh + keptAlive - ok - failed;
  }

  synchronized LoadReport report(boolean running, Instant now, long closedIdle) {
    long sent = fresh + keptAlive;
    double seconds = Math.max(0.001, Duration.between(reportedAt, now).toNanos() / 1e9);
    double rate = (sent - reportedSent) / seconds;
    reportedSent = sent;
    reportedAt = now;
    return new LoadReport(
        running,
        startedAt,
        now,
        sent,
        ok,
        failed,
        inFlight(),
        fresh,
        keptAlive,
        keyed,
        new TreeMap<>(failures),
        new TreeMap<>(servedBy),
        new TreeMap<>(lastServedBy),
        closedIdle,
        Math.round(rate * 10) / 10.0,
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0,
        List.copyOf(recent));
  }
}
