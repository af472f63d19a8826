package io.changeover.traffic.decide;

import java.util.Optional;

/// The measurements of one metric so far.
///
/// @param consecutiveErrors errors since the last measurement that worked
/// @param last the last verdict
public record MetricTally(
    MetricRule rule,
    int successful,
    int failed,
    int inconclusive,
    int errors,
    int consecutiveErrors,
    Optional<Verdict> last) {

  /// Nothing measured yet.
  public static MetricTally empty(MetricRule rule) {
    return new MetricTally(rule, 0, 0, 0, 0, 0, Optional.empty());
  }

  /// With one more verdict.
  public MetricTally with(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Successful _ -> tally(1, 0, 0, 0, verdict);
      case Verdict.Failed _ -> tally(0, 1, 0, 0, verdict);
      case Verdict.Inconclusive _ -> tally(0, 0, 1, 0, verdict);
      case Verdict.Error _ -> tally(0, 0, 0, 1, verdict);
    };
  }

  private MetricTally tally(int good, int bad, int unclear, int error, Verdict verdict) {
    return new MetricTally(
        rule,
        successful + good,
        failed + bad,
        inconclusive + unclear,
        errors + error,
        error == 0 ? 0 : consecutiveErrors + 1,
        Optional.of(verdict));
  }

  /// Measurements that worked; errors do not count, as in Argo.
  public int measured() {
    return successful + failed + inconclusive;
  }

  /// The end of this metric by one of its limits.
  public Optional<Verdict> exceeded() {
    if (failed > rule.failureLimit()
        || inconclusive > rule.inconclusiveLimit()
        || consecutiveErrors > rule.consecutiveErrorLimit()) {
      return last;
    }
    return Optional.empty();
  }
}
