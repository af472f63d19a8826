package io.changeover.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Timeline.GateLine;
import io.changeover.messages.Fact;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.RefusalView;
import io.changeover.messages.UpgradeEvent;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Messages;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  /// Avro makes instances only of classes that it was told of, which [Messages] does.
  @BeforeAll
  static void tell_avro() {
    assertThat(Messages.ALL).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UpgradeStarted | QUEUED",
        "UpgradeStarted UpgradeAdmitted | ADVANCING",
        "UpgradeStarted UpgradeAdmitted UpgradePaused | PAUSED",
        "UpgradeStarted UpgradeAdmitted UpgradePaused UpgradeResumed | ADVANCING",
        "UpgradeStarted UpgradeAdmitted GateOpened | AT_GATE",
        "UpgradeStarted UpgradeAdmitted GateOpened GatePassed | ADVANCING",
        "UpgradeStarted UpgradeAdmitted RollbackStarted | ROLLING_BACK",
        "UpgradeStarted UpgradeAdmitted RollbackStarted UpgradeHeld | HELD",
        "UpgradeStarted UpgradeAdmitted RollbackStarted UpgradeHeld HoldReleased | ROLLING_BACK",
        "UpgradeStarted UpgradeAdmitted PointOfNoReturnPassed | COMPLETING",
        "UpgradeStarted UpgradeAdmitted PointOfNoReturnPassed UpgradeHeld HoldReleased |"
            + " COMPLETING",
        "UpgradeStarted UpgradeAdmitted PointOfNoReturnPassed GateOpened | AT_GATE",
        "UpgradeStarted UpgradeAdmitted PointOfNoReturnPassed GateOpened GatePassed | COMPLETING",
        "UpgradeStarted UpgradeAdmitted UpgradeFinished | FINISHED"
      })
  void the_word_is_where_the_upgrade_stands(String events, String word) {
    Timeline timeline = new Timeline("u-1");
    for (String type : events.split(" ", -1)) {
      timeline.add(entry(UpgradeEvent.newBuilder().setType(type).setAt(AT).build()));
    }
    assertThat(timeline.state()).isEqualTo(word);
    assertThat(timeline.openGate().isPresent()).isEqualTo(word.equals("AT_GATE"));
  }

  @Test
  void a_gate_says_until_when_it_waits_and_why_a_step_could_not_tell() {
    Instant until = AT.plusSeconds(60);
    Timeline timeline = new Timeline("u-1");
    timeline.add(entry(failed("shift-5", "too few requests")));
    timeline.add(entry(opened("INCONCLUSIVE", until)));
    assertThat(timeline.gate()).contains(new GateLine("shift-5", until, "too few requests"));

    timeline.add(entry(opened("PLANNED", until)));
    assertThat(timeline.gate()).contains(new GateLine("shift-5", until, ""));
  }

  @Test
  void what_a_worker_saw_of_blue_is_an_alarm_and_other_late_reports_are_none() {
    Timeline timeline = new Timeline("u-1");
    timeline.add(entry(refused("blue-watch", "The blue node blue-1 answers again.")));
    timeline.add(entry(refused("soak", "Nothing has to be done; the report is recorded.")));

    assertThat(timeline.alarms())
        .containsExactly(Map.entry("The blue node blue-1 answers again.", AT));
  }

  @Test
  void a_phase_that_is_done_again_does_not_change_when_it_was_first_seen() {
    Timeline timeline = new Timeline("u-1");
    timeline.add(entry(completed("2026-01-01T00:00:01Z")));
    timeline.add(entry(completed("2026-01-01T00:00:09Z")));

    assertThat(timeline.firstFacts()).containsEntry(Facts.ZERO_AT, "2026-01-01T00:00:01Z");
    assertThat(timeline.facts()).containsEntry(Facts.ZERO_AT, "2026-01-01T00:00:09Z");
  }

  private static UpgradeEvent failed(String phase, String reason) {
    return UpgradeEvent.newBuilder()
        .setType("PhaseFailed")
        .setAt(AT)
        .setPhase(phase)
        .setReason(reason)
        .build();
  }

  private static UpgradeEvent opened(String kind, Instant until) {
    return UpgradeEvent.newBuilder()
        .setType("GateOpened")
        .setAt(AT)
        .setGate("shift-5")
        .setKind(kind)
        .setDeadline(until)
        .build();
  }

  private static UpgradeEvent completed(String zeroAt) {
    return UpgradeEvent.newBuilder()
        .setType("PhaseCompleted")
        .setAt(AT)
        .setPhase("rollback-traffic")
        .setFacts(List.of(new Fact(Facts.ZERO_AT, zeroAt)))
        .build();
  }

  private static UpgradeEvent refused(String phase, String remedy) {
    return UpgradeEvent.newBuilder()
        .setType("ReportRefused")
        .setAt(AT)
        .setPhase(phase)
        .setRefusals(
            List.of(
                RefusalView.newBuilder()
                    .setReason("UPGRADE_ENDED")
                    .setExpected("no report")
                    .setGot("got PROGRESS")
                    .setRemedy(remedy)
                    .build()))
        .build();
  }

  private static JournalEntry entry(UpgradeEvent event) {
    return new JournalEntry(
        "u-1",
        "payments-eu",
        1L,
        JournalCodec.recorded(JournalCodec.TIMER, "t", AT, 7, null, null, ""),
        List.of(event),
        ByteBuffer.allocate(0),
        ByteBuffer.allocate(0));
  }
}
