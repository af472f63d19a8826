package io.changeover.planner.core;

import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StraysTest {
  @ParameterizedTest(name = "at {0}: attempt {2} of {1} is {3}")
  @CsvSource({
    "migrate-up, migrate-up,  0, STALE",
    "migrate-up, migrate-up,  2, AHEAD",
    "migrate-up, fence-admin, 1, STALE",
    "migrate-up, preflight,   7, STALE",
    "migrate-up, start-green, 1, AHEAD",
    "migrate-up, verify,      1, AHEAD",
    "migrate-up, confirm,     1, UNKNOWN_PHASE",
    "migrate-up, lunch,       1, UNKNOWN_PHASE",
    "migrate-up, rollback-verify, 1, STALE",
    "confirm,    stop-blue,   1, STALE",
    "confirm,    migrate-finish, 1, AHEAD"
  })
  void reports_that_do_not_belong_are_recorded_and_change_nothing(
      String at, String phase, int attempt, RefusalReason reason) {
    Journey journey = Journey.to(at);
    Scenario scenario = given(journey).when(journey.stray(phase, attempt)).thenRefused(reason);
    UpgradeEvent.ReportRefused event = (UpgradeEvent.ReportRefused) scenario.decided().getFirst();
    assertThat(event.phase()).isEqualTo(phase);
    assertThat(event.attempt()).isEqualTo(attempt);
    assertThat(event.worker()).isEqualTo("worker-a");
    assertThat(event.at()).isEqualTo(journey.now());
  }

  @Test
  void a_report_for_another_cluster_is_refused_even_with_the_right_phase_and_attempt() {
    Journey journey = Journey.to("migrate-up");
    Report forged =
        journey.report(
            new ClusterName("other"),
            "migrate-up",
            1,
            ReportKind.COMPLETED,
            Evidences.of(journey.working().phase()),
            null);
    given(journey)
        .when(forged)
        .thenRefused(RefusalReason.WRONG_CLUSTER)
        .saying("it says cluster other", "payments-eu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"advancing", "finished"})
  void a_blue_node_that_answers_again_is_recorded_with_what_was_seen(String stage) {
    Journey journey = Journey.stage(stage);
    Report alarm =
        new Report(
            "alarm-1",
            journey.now(),
            7,
            Journey.CLUSTER,
            "blue-watch",
            0,
            "worker-a",
            ReportKind.PROGRESS,
            new TreeMap<>(),
            List.of("The blue node blue-1 answers again"),
            null);

    Scenario scenario = given(journey).when(alarm);

    assertThat(scenario.decided())
        .singleElement()
        .isInstanceOfSatisfying(
            UpgradeEvent.ReportRefused.class,
            event ->
                assertThat(event.refusal().remedy())
                    .isEqualTo("The blue node blue-1 answers again."));
  }

  @Test
  void the_report_of_a_lost_attempt_is_stale() {
    Journey journey = Journey.to("migrate-up");
    Report late = journey.completed();
    journey.feed(ForwardTest.timer(journey.state().due().orElseThrow()));
    given(journey)
        .when(late)
        .thenRefused(RefusalReason.STALE)
        .saying("attempt 2 of phase migrate-up", "attempt 1 of phase migrate-up");
  }

  @Test
  void the_same_proof_twice_is_stale_the_second_time() {
    Journey journey = Journey.to("migrate-up");
    Report done = journey.completed();
    journey.feed(done);
    given(journey).when(done).thenRefused(RefusalReason.STALE);
  }

  @Test
  void reports_while_backing_off_are_stale_or_ahead() {
    Journey journey = Journey.to("migrate-up").with(j -> j.failed(FailureKind.RETRYABLE));
    given(journey).when(journey.stray("migrate-up", 1)).thenRefused(RefusalReason.STALE);
    given(journey).when(journey.stray("migrate-up", 2)).thenRefused(RefusalReason.AHEAD);
    Report progress =
        journey.report(
            Journey.CLUSTER, "migrate-up", 1, ReportKind.PROGRESS, new TreeMap<>(), null);
    given(journey)
        .when(progress)
        .thenRefused(RefusalReason.STALE)
        .saying("no report", "which is advancing");
  }

  @Test
  void an_inconclusive_gate_knows_the_attempt_that_could_not_tell() {
    Journey journey = Journey.to("shift-25").with(j -> j.failed(FailureKind.INCONCLUSIVE));
    given(journey).when(journey.stray("shift-25", 1)).thenRefused(RefusalReason.STALE);
  }
}
