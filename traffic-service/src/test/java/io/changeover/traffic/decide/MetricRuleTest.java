package io.changeover.traffic.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Condition;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of Argo Rollouts' "Failure Conditions and Failure Limit" and "Inconclusive Runs".
class MetricRuleTest {

  private static MetricRule rule(String success, String failure) {
    return new MetricRule(MetricName.SUCCESS_RATE, condition(success), condition(failure), 0, 4, 0);
  }

  private static Optional<Condition> condition(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Condition.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 0.10, Successful",
    "result >= 0.99, '', 0.99, Successful",
    "result >= 0.99, '', 0.98, Failed",
    "'', result < 0.95, 0.94, Failed",
    "'', result < 0.95, 0.95, Successful",
    "result >= 0.99, result < 0.95, 0.99, Successful",
    "result >= 0.99, result < 0.95, 0.97, Inconclusive",
    "result >= 0.99, result < 0.95, 0.90, Failed",
    "result > 0, result > 0, 0.5, Failed",
  })
  void conditions_judge_as_in_argo(String success, String failure, double result, String verdict) {
    Verdict judged = rule(success, failure).judge(new Measured(result, OptionalDouble.of(1)));

    assertThat(judged.getClass().getSimpleName()).isEqualTo(verdict);
  }

  @Test
  void a_condition_on_a_baseline_that_was_never_seen_is_inconclusive_and_not_passed() {
    Measured alone = new Measured(1, OptionalDouble.empty());

    assertThat(rule("result >= baseline", "").judge(alone))
        .isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rule("", "result < baseline").judge(alone)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rule("result >= 0.99", "").judge(alone)).isInstanceOf(Verdict.Successful.class);
  }

  @Test
  void a_failure_names_metric_value_baseline_and_what_was_expected() {
    Verdict judged =
        rule("result >= baseline - 0.01", "").judge(new Measured(0.5, OptionalDouble.of(0.999)));

    assertThat(judged)
        .isEqualTo(
            new Verdict.Failed(
                "success-rate 0.5000 (baseline 0.9990): expected result >= baseline - 0.01"));
  }
}
