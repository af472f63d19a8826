package io.changeover.planner.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the service writes to its standard output, read as a log collector reads it.
class DecisionLogTest {

  @Test
  void a_decision_is_one_line_of_json_with_fields_of_their_own() throws IOException {
    List<String> lines = written(decision("shift-25", 2, List.of(), "PhaseCompleted"));

    assertThat(lines).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.path("upgrade").asText()).isEqualTo("u-1");
    assertThat(line.path("cluster").asText()).isEqualTo("payments-eu");
    assertThat(line.path("seq").asLong()).isEqualTo(17);
    assertThat(line.path("phase").asText()).isEqualTo("shift-25");
    assertThat(line.path("attempt").asInt()).isEqualTo(2);
    assertThat(line.path("trace").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line.path("stage").asText()).isEqualTo("advancing");
    assertThat(line.path("input").asText()).isEqualTo("report");
    assertThat(line.path("message").asText()).isEqualTo("PhaseCompleted");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("timestamp").asText()).isNotEmpty();
    assertThat(line.has("refused")).isFalse();
  }

  @Test
  void a_refusal_names_its_reasons_and_what_is_not_there_is_no_field() throws IOException {
    List<String> lines = written(decision(null, 0, List.of("stale"), "ReportRefused"));

    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.path("refused").get(0).asText()).isEqualTo("stale");
    assertThat(line.has("phase")).isFalse();
    assertThat(line.has("attempt")).isFalse();
  }

  @Test
  void a_heartbeat_is_not_written_at_info() {
    assertThat(written(decision("soak", 1, List.of(), "HeartbeatSeen"))).isEmpty();
  }

  private static Decision decision(
      @Nullable String phase, int attempt, List<String> refusals, String event) {
    return new Decision(
        "u-1",
        "payments-eu",
        17,
        "report",
        "r-1",
        List.of(event),
        refusals,
        "advancing",
        phase,
        attempt,
        "0af7651916cd43dd8448eb211c80319c");
  }

  private static List<String> written(Decision decision) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      new DecisionLog().saw(new Outcome(List.of(decision), 0, List.of(), List.of()));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8).lines().filter(line -> !line.isBlank()).toList();
  }
}
