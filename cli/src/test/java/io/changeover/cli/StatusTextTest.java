package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Timeline;
import io.changeover.messages.Fact;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.UpgradeEvent;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Messages;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final Timeline timeline = new Timeline("u-1");

  /// Avro makes instances only of classes that it was told of, which [Messages] does.
  @BeforeAll
  static void tell_avro() {
    assertThat(Messages.ALL).isNotEmpty();
  }

  private void happens(String type, Fact... facts) {
    UpgradeEvent event =
        UpgradeEvent.newBuilder()
            .setType(type)
            .setAt(AT)
            .setPhase("a-phase")
            .setFacts(List.of(facts))
            .build();
    timeline.add(
        new JournalEntry(
            "u-1",
            "payments-eu",
            1L,
            JournalCodec.recorded(JournalCodec.TIMER, "t", AT, 7, null, null, ""),
            List.of(event),
            ByteBuffer.allocate(0),
            ByteBuffer.allocate(0)));
  }

  private String text() {
    return String.join("\n", StatusText.lines(timeline, AT, "--kafka k:1"));
  }

  @Test
  void the_files_of_a_dump_are_named_once_the_upgrade_has_ended() {
    happens("UpgradeStarted");
    happens("PhaseCompleted", new Fact(Facts.DUMP_PATH, "/copy/u-1"));
    happens("PhaseCompleted", new Fact(Facts.DUMP_PATH, "/artifacts/u-1"));
    assertThat(text()).doesNotContain("/copy");

    happens("UpgradeFinished");
    assertThat(text()).contains("/copy/u-1 and /artifacts/u-1; remove them");
  }

  @Test
  void what_is_said_to_be_typed_at_a_gate_reaches_the_same_kafka() {
    happens("UpgradeStarted");
    happens("GateOpened", new Fact("unused", ""));
    assertThat(text())
        .containsPattern("changeover approve payments-eu \\S+ --kafka k:1, or reject");
  }

  @Test
  void an_upgrade_that_wrote_no_files_leaves_none() {
    happens("UpgradeStarted");
    happens("UpgradeFinished");
    assertThat(text()).contains("FINISHED").doesNotContain("left on");
  }
}
