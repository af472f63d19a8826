package io.changeover.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Binds what is measured while traffic moves.
final class AnalysisBinder {

  /// What is measured when the file does not say: green must answer 99 % without an error of its
  /// own.
  static final Optional<Analysis> USUAL =
      Optional.of(
          new Analysis(
              Duration.ofSeconds(5),
              3,
              100,
              List.of(
                  new Metric(
                      "success-rate",
                      Optional.of(Condition.parse("result >= 0.99")),
                      Optional.empty(),
                      0,
                      4,
                      2))));

  private AnalysisBinder() {}

  /// Empty when the file lists no metric: then nothing is measured.
  static Optional<Analysis> analysis(Value value) {
    Section section = value.section();
    Analysis analysis =
        new Analysis(
            section.optional("interval").map(Value::duration).orElse(Duration.ofSeconds(5)),
            section.optional("count").map(present -> present.integer(1, 10_000)).orElse(3),
            section
                .optional("minimumRequests")
                .map(present -> present.integer(0, 1_000_000_000))
                .orElse(100),
            section.required("metrics").list().stream()
                .map(Value::section)
                .map(AnalysisBinder::metric)
                .toList());
    section.end();
    if (analysis.interval().isZero()) {
      section.problem("interval", "no time at all", "at least 1ms");
    }
    return analysis.metrics().isEmpty() ? Optional.empty() : Optional.of(analysis);
  }

  private static Metric metric(Section section) {
    Metric metric =
        new Metric(
            section.required("name").parsed(TextParser.oneOf(Metric.NAMES), "success-rate"),
            section.optional("successCondition").map(Value::condition),
            section.optional("failureCondition").map(Value::condition),
            limit(section, "failureLimit", 0),
            limit(section, "consecutiveErrorLimit", 4),
            limit(section, "inconclusiveLimit", 0));
    section.end();
    if (metric.successCondition().isEmpty() && metric.failureCondition().isEmpty()) {
      section.problem(
          "successCondition", "no condition", "`successCondition` or `failureCondition`, or both");
    }
    return metric;
  }

  private static int limit(Section section, String key, int usual) {
    return section.optional(key).map(value -> value.integer(0, 10_000)).orElse(usual);
  }
}
