package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.cli.client.Timeline;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.UpgradeEvent;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Messages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever reads reports relies on these names.
class DemoReportTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static final LoadReport LOAD =
      new LoadReport(
          false,
          AT,
          AT.plusSeconds(3),
          412,
          410,
          2,
          0,
          10,
          402,
          400,
          Map.of("timeout", 2L),
          Map.of("2.1.4", 410L),
          Map.of("2.1.4", AT.plusSeconds(3)),
          0,
          120.0,
          3.5,
          9.5,
          80.0,
          List.of());

  /// Avro makes instances only of classes that it was told of, which [Messages] does.
  @BeforeAll
  static void tell_avro() {
    assertThat(Messages.ALL).isNotEmpty();
  }

  @Test
  void names_and_places_are_those_that_readers_rely_on(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("reports").resolve("demo.json");
    DemoReport.write(
        file,
        List.of(
            new DemoReport.Facts(
                "postgres",
                timeline(),
                Optional.of(LOAD),
                Optional.of(Duration.ofMillis(640)),
                true,
                Duration.ofSeconds(40),
                List.of(new Check("no request failed", true, "412 sent")),
                List.of("blue is stopped: there was none"))));

    JsonNode report = new ObjectMapper().readTree(file.toFile());
    JsonNode upgrade = report.at("/upgrades/0");
    assertThat(upgrade.path("scenario").textValue()).isEqualTo("postgres");
    assertThat(upgrade.path("cluster").textValue()).isEqualTo("demo");
    assertThat(upgrade.path("procedure").isTextual()).isTrue();
    assertThat(upgrade.path("state").textValue()).isEqualTo("FINISHED");
    assertThat(upgrade.path("durationMs").longValue()).isEqualTo(3000);
    assertThat(upgrade.path("totalMs").longValue()).isEqualTo(40_000);
    assertThat(upgrade.at("/phases/0/name").textValue()).isEqualTo("preflight");
    assertThat(upgrade.at("/phases/0/attempts").intValue()).isEqualTo(2);
    assertThat(upgrade.at("/phases/0/durationMs").longValue()).isEqualTo(1000);
    assertThat(upgrade.at("/requests/sent").longValue()).isEqualTo(LOAD.sent());
    assertThat(upgrade.at("/requests/failed").longValue()).isEqualTo(LOAD.failed());
    assertThat(upgrade.at("/requests/p50Ms").isNumber()).isTrue();
    assertThat(upgrade.at("/requests/p99Ms").isNumber()).isTrue();
    assertThat(upgrade.at("/rollback/breachToZeroMs").longValue()).isEqualTo(640);
    assertThat(upgrade.at("/journal/entries").longValue()).isEqualTo(4);
    assertThat(upgrade.at("/journal/replayEqual").booleanValue()).isTrue();
    assertThat(upgrade.at("/notApplicable/0").textValue())
        .isEqualTo("blue is stopped: there was none");
    assertThat(report.at("/checks/0/what").textValue()).isEqualTo("no request failed");
    assertThat(report.at("/checks/0/holds").booleanValue()).isTrue();
    assertThat(report.at("/checks/0/evidence").textValue()).isEqualTo("412 sent");
  }

  @Test
  void where_nothing_was_sent_no_request_has_a_time(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("demo.json");
    DemoReport.write(
        file,
        List.of(
            new DemoReport.Facts(
                "fresh",
                timeline(),
                Optional.empty(),
                Optional.empty(),
                true,
                Duration.ofSeconds(20),
                List.of(),
                List.of())));

    JsonNode requests = new ObjectMapper().readTree(file.toFile()).at("/upgrades/0/requests");
    assertThat(requests.path("sent").longValue()).isZero();
    assertThat(requests.path("failed").longValue()).isZero();
    assertThat(requests.path("p99Ms").isNull()).isTrue();
  }

  @Test
  void a_run_above_its_bound_fails_by_a_check_of_its_own() {
    DemoReport.Facts run =
        new DemoReport.Facts(
            "postgres",
            timeline(),
            Optional.of(LOAD),
            Optional.empty(),
            true,
            Duration.ofSeconds(40),
            List.of(new Check("no request failed", true, "412 sent")),
            List.of());

    assertThat(run.atMost(Duration.ofSeconds(40)).holds()).isTrue();
    assertThat(run.atMost(Duration.ofSeconds(39)).holds()).isFalse();
    assertThat(run.atMost(Duration.ofSeconds(39)).checks())
        .extracting(Check::holds)
        .containsExactly(true, false);
  }

  private static Timeline timeline() {
    Timeline timeline = new Timeline("u-1");
    timeline.add(entry(UpgradeEvent.newBuilder().setType("UpgradeStarted").setAt(AT)));
    timeline.add(entry(preflight("PhaseCommanded", 1)));
    timeline.add(entry(preflight("PhaseCompleted", 2)));
    timeline.add(
        entry(UpgradeEvent.newBuilder().setType("UpgradeFinished").setAt(AT.plusSeconds(3))));
    return timeline;
  }

  private static UpgradeEvent.Builder preflight(String type, int second) {
    return UpgradeEvent.newBuilder()
        .setType(type)
        .setPhase("preflight")
        .setAttempt(2)
        .setAt(AT.plusSeconds(second));
  }

  private static JournalEntry entry(UpgradeEvent.Builder event) {
    return new JournalEntry(
        "u-1",
        "demo",
        1L,
        JournalCodec.recorded(JournalCodec.TIMER, "t", AT, 7, null, null, ""),
        List.of(event.build()),
        ByteBuffer.allocate(0),
        ByteBuffer.allocate(0));
  }
}
