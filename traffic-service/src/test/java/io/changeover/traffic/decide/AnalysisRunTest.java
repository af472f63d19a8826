package io.changeover.traffic.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisRunTest {

  private static final MetricRule RATE = rule(MetricName.SUCCESS_RATE, 1, 2, 1);

  private static MetricRule rule(MetricName name, int failures, int errors, int inconclusives) {
    return new MetricRule(
        name, Optional.empty(), Optional.empty(), failures, errors, inconclusives);
  }

  private static Verdict verdict(char letter) {
    return switch (letter) {
      case 'S' -> new Verdict.Successful();
      case 'F' -> new Verdict.Failed("bad");
      case 'I' -> new Verdict.Inconclusive("unclear");
      case 'E' -> new Verdict.Error("silent");
      default -> throw new IllegalArgumentException("letter " + letter);
    };
  }

  private static AnalysisRun after(AnalysisRun start, String letters) {
    AnalysisRun run = start;
    for (int i = 0; i < letters.length(); i++) {
      run = run.with(Map.of(MetricName.SUCCESS_RATE, verdict(letters.charAt(i))));
    }
    return run;
  }

  /// count 3, failureLimit 1, consecutiveErrorLimit 2, inconclusiveLimit 1.
  @ParameterizedTest
  @CsvSource({
    "'', running",
    "SS, running",
    "SSS, Successful",
    "SFS, Successful",
    "FF, Failed",
    "FSF, Failed",
    "SIS, Successful",
    "II, Inconclusive",
    "ISI, Inconclusive",
    "EE, running",
    "EEE, Error",
    "EESEESS, Successful",
    "EESEEE, Error",
    "SSE, running",
    "SSES, Successful",
    "SSSFF, Failed",
  })
  void limits_and_count_end_a_metric_as_in_argo(String letters, String expected) {
    AnalysisRun run = after(AnalysisRun.start(3, List.of(RATE)), letters);

    assertThat(run.verdict().map(v -> v.getClass().getSimpleName()).orElse("running"))
        .isEqualTo(expected);
  }

  @Test
  void the_worst_metric_wins() {
    MetricRule latency = rule(MetricName.LATENCY_P95, 0, 0, 0);
    AnalysisRun run =
        AnalysisRun.start(1, List.of(rule(MetricName.SUCCESS_RATE, 0, 0, 0), latency));

    assertThat(both(run, 'S', 'F')).containsInstanceOf(Verdict.Failed.class);
    assertThat(both(run, 'E', 'F')).containsInstanceOf(Verdict.Failed.class);
    assertThat(both(run, 'E', 'I')).containsInstanceOf(Verdict.Error.class);
    assertThat(both(run, 'I', 'S')).containsInstanceOf(Verdict.Inconclusive.class);
    assertThat(both(run, 'S', 'S')).containsInstanceOf(Verdict.Successful.class);
  }

  private static Optional<Verdict> both(AnalysisRun run, char rate, char latency) {
    return run.with(
            Map.of(
                MetricName.SUCCESS_RATE, verdict(rate), MetricName.LATENCY_P95, verdict(latency)))
        .verdict();
  }

  @Test
  void a_metric_that_was_not_measured_is_an_error() {
    AnalysisRun run =
        AnalysisRun.start(1, List.of(rule(MetricName.SUCCESS_RATE, 0, 0, 0))).with(Map.of());

    assertThat(run.verdict()).containsInstanceOf(Verdict.Error.class);
  }

  @Test
  void no_metrics_are_successful_at_once() {
    assertThat(AnalysisRun.start(3, List.of()).verdict())
        .containsInstanceOf(Verdict.Successful.class);
  }
}
