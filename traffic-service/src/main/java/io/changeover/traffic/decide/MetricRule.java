package io.changeover.traffic.decide;

import io.changeover.inventory.Condition;
import java.util.Optional;

/// When a measurement of one metric is good enough, in the words of Argo Rollouts.
///
/// @param failureLimit measurements that may fail; one more and the analysis has failed
/// @param consecutiveErrorLimit measurements in a row that may be impossible
/// @param inconclusiveLimit measurements that may say neither
public record MetricRule(
    MetricName name,
    Optional<Condition> success,
    Optional<Condition> failure,
    int failureLimit,
    int consecutiveErrorLimit,
    int inconclusiveLimit) {

  /// Judges one measurement as Argo does: without conditions every measurement is good; with one,
  /// its opposite is the other; with both, failure wins and neither is inconclusive. A condition on
  /// a baseline that nobody ever saw is inconclusive.
  public Verdict judge(Measured measured) {
    boolean blind =
        measured.baseline().isEmpty()
            && (success.filter(Condition::usesBaseline).isPresent()
                || failure.filter(Condition::usesBaseline).isPresent());
    return blind
        ? new Verdict.Inconclusive(text(measured) + ": no baseline was seen to compare with")
        : judge(measured, measured.baseline().orElse(Double.NaN));
  }

  private Verdict judge(Measured measured, double baseline) {
    boolean failed = failure.filter(c -> c.evaluate(measured.result(), baseline)).isPresent();
    boolean good =
        success.map(c -> c.evaluate(measured.result(), baseline)).orElse(failure.isEmpty());
    if (failed || (!good && failure.isEmpty())) {
      return new Verdict.Failed(text(measured) + ": expected " + expectation());
    }
    return good || success.isEmpty()
        ? new Verdict.Successful()
        : new Verdict.Inconclusive(text(measured) + ": neither success nor failure");
  }

  private String expectation() {
    return success
        .map(Condition::text)
        .orElseGet(() -> "not " + failure.map(Condition::text).orElse(""));
  }

  private String text(Measured measured) {
    return name.word() + " " + measured;
  }
}
