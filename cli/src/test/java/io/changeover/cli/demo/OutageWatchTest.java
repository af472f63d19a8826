package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Timeline;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.UpgradeEvent;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Messages;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutageWatchTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, String> MEASURED = Map.of(Facts.DOWNTIME_SECONDS, "12");

  /// Avro makes instances only of classes that it was told of, which [Messages] does.
  @BeforeAll
  static void tell_avro() {
    assertThat(Messages.ALL).isNotEmpty();
  }

  @Test
  void what_fails_while_nobody_is_served_is_forgiven() {
    assertThat(requests(0, 400, 400, MEASURED)).allMatch(Check::holds);
  }

  @Test
  void what_fails_before_or_after_is_not() {
    assertThat(requests(1, 400, 400, MEASURED).getFirst().holds()).isFalse();
    assertThat(requests(0, 400, 401, MEASURED).getFirst().holds()).isFalse();
  }

  @Test
  void a_time_that_nobody_measured_or_felt_is_no_measure() {
    assertThat(requests(0, 400, 400, Map.of()).getLast().holds()).isFalse();
    assertThat(requests(0, 0, 0, MEASURED).getLast().holds()).isFalse();
  }

  @Test
  void an_outage_that_was_never_seen_forgives_nothing() {
    List<Check> checks = new OutageWatch("close", "open").requests(MEASURED, failed(400), AT);
    assertThat(checks.getFirst().holds()).isFalse();
  }

  private static List<Check> requests(
      long before, long during, long end, Map<String, String> facts) {
    OutageWatch watch = new OutageWatch("close", "open");
    Timeline timeline = new Timeline("u-1");
    watch.look(timeline, Optional.of(failed(before)), AT);
    timeline.add(entry("PhaseCommanded", "close"));
    watch.look(timeline, Optional.of(failed(during)), AT.plusSeconds(5));
    timeline.add(entry("PhaseCommanded", "open"));
    timeline.add(entry("PhaseCompleted", "open"));
    watch.look(timeline, Optional.of(failed(during)), AT.plusSeconds(12));
    watch.look(timeline, Optional.of(failed(during)), AT.plusSeconds(30));
    watch.look(timeline, Optional.of(failed(end)), AT.plusSeconds(40));
    return watch.requests(facts, failed(end), AT);
  }

  private static JournalEntry entry(String type, String phase) {
    return new JournalEntry(
        "u-1",
        "demo",
        1L,
        JournalCodec.recorded(JournalCodec.TIMER, "t", AT, 7, null, null, ""),
        List.of(
            UpgradeEvent.newBuilder()
                .setType(type)
                .setPhase(phase)
                .setAttempt(1)
                .setAt(AT)
                .build()),
        ByteBuffer.allocate(0),
        ByteBuffer.allocate(0));
  }

  private static LoadReport failed(long failed) {
    return new LoadReport(
        false,
        AT,
        AT,
        5000,
        5000 - failed,
        failed,
        0,
        1500,
        3500,
        4900,
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        120,
        4,
        20,
        80,
        List.of());
  }
}
