package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.sandbox.load.LoadReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the load client's counts must say for a demo to hold.
class VerdictTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static LoadReport report(long sent, long ok, long failed, double maxMs, long keyed) {
    return report(sent, ok, failed, maxMs, keyed, Map.of());
  }

  private static LoadReport report(
      long sent, long ok, long failed, double maxMs, long keyed, Map<String, Long> failures) {
    return new LoadReport(
        false,
        AT,
        AT.plusSeconds(30),
        sent,
        ok,
        failed,
        sent - ok - failed,
        sent / 3,
        sent - sent / 3,
        keyed,
        failures,
        Map.of("2.1.4", ok),
        Map.of("2.1.4", AT.plusSeconds(29)),
        0,
        120,
        4,
        20,
        maxMs,
        List.of());
  }

  @Test
  void all_that_was_sent_must_be_answered_right() {
    assertThat(Verdict.answered(report(3600, 3600, 0, 80, 3500), AT).holds()).isTrue();
    assertThat(Verdict.answered(report(3600, 3599, 1, 80, 3500), AT).holds()).isFalse();
    assertThat(Verdict.answered(report(3600, 3599, 0, 80, 3500), AT).holds())
        .as("one without an answer")
        .isFalse();
  }

  @Test
  void only_what_green_was_made_to_answer_may_fail_before_a_rollback() {
    assertThat(injected(Map.of("status-500", 9L)).holds()).isTrue();
    assertThat(injected(Map.of("status-500", 8L, "closed", 1L)).holds()).isFalse();
    assertThat(injected(Map.of("timeout", 9L)).holds()).isFalse();
    assertThat(injected(Map.of()).holds()).as("nothing was injected").isFalse();
    assertThat(
            Verdict.onlyInjected(
                    report(3600, 3591, 9, 80, 3500, Map.of("status-500", 9L)), AT.minusSeconds(20))
                .holds())
        .as("a client that died")
        .isFalse();
  }

  private static Check injected(Map<String, Long> failures) {
    return Verdict.onlyInjected(report(3600, 3591, 9, 80, 3500, failures), AT);
  }

  @Test
  void a_client_that_died_has_seen_nothing() {
    assertThat(Verdict.answered(report(3600, 3600, 0, 80, 3500), AT.minusSeconds(20)).holds())
        .isFalse();
  }

  @Test
  void too_few_requests_a_stall_or_none_with_a_key_prove_nothing() {
    assertThat(Verdict.flowed(report(3600, 3600, 0, 80, 3500)).holds()).isTrue();
    assertThat(Verdict.flowed(report(2990, 2990, 0, 80, 2900)).holds()).as("99.7/s").isFalse();
    assertThat(Verdict.flowed(report(3600, 3600, 0, 10_000, 3500)).holds()).as("10 s").isFalse();
    assertThat(Verdict.flowed(report(3600, 3600, 0, 80, 0)).holds()).as("no key").isFalse();
  }

  @Test
  void the_report_travels_as_text() {
    LoadReport report = report(3600, 3600, 0, 80, 3500);

    assertThat(LoadReport.ofJson(report.toJson())).isEqualTo(report);
  }
}
