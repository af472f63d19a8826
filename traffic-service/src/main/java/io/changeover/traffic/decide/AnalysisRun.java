package io.changeover.traffic.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An analysis under way, in the semantics of Argo Rollouts' AnalysisRun: one metric over its limit
/// ends the whole, the worst verdict wins (failed, error, inconclusive, successful), and `count`
/// measurements of each metric make it successful. It may go on after that, as a background
/// analysis; the limits then still hold.
public record AnalysisRun(int count, List<MetricTally> tallies) {

  /// A run that has measured nothing.
  public static AnalysisRun start(int count, List<MetricRule> rules) {
    return new AnalysisRun(Math.max(1, count), rules.stream().map(MetricTally::empty).toList());
  }

  /// With one measurement of every metric; a missing one is an error.
  public AnalysisRun with(Map<MetricName, Verdict> verdicts) {
    List<MetricTally> next = new ArrayList<>();
    for (MetricTally tally : tallies) {
      Verdict verdict = verdicts.get(tally.rule().name());
      next.add(tally.with(verdict == null ? new Verdict.Error("not measured") : verdict));
    }
    return new AnalysisRun(count, List.copyOf(next));
  }

  /// With one measurement that was not possible for any metric.
  public AnalysisRun withError(String why) {
    return new AnalysisRun(
        count, tallies.stream().map(tally -> tally.with(new Verdict.Error(why))).toList());
  }

  /// What it came to; empty while it still needs measurements.
  public Optional<Verdict> verdict() {
    Optional<Verdict> worst =
        tallies.stream()
            .map(MetricTally::exceeded)
            .flatMap(Optional::stream)
            .max((a, b) -> Integer.compare(badness(a), badness(b)));
    if (worst.isPresent()) {
      return worst;
    }
    return tallies.stream().allMatch(tally -> tally.measured() >= count)
        ? Optional.of(new Verdict.Successful())
        : Optional.empty();
  }

  private static int badness(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Successful _ -> 0;
      case Verdict.Inconclusive _ -> 1;
      case Verdict.Error _ -> 2;
      case Verdict.Failed _ -> 3;
    };
  }
}
