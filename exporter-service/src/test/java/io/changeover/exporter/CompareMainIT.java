package io.changeover.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Sides;
import io.changeover.exporter.cassandra.work.StandalonePreflight;
import io.changeover.messages.Finding;
import io.changeover.messages.PhaseReport;
import io.changeover.schemas.Actions;
import io.changeover.schemas.JsonLines;
import io.changeover.worker.standalone.StandaloneLooks;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareMainIT {

  private static Kong kong;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
  }

  @BeforeEach
  void empty() {
    kong.reset();
  }

  private int compare(String cluster, String green) throws IOException, InterruptedException {
    Path inventory = KeyspaceInventory.write(folder, kong.blueName(), green);
    return CompareMain.run(
        List.of(cluster, "--inventory", inventory.toString()),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void says_equal_or_shows_the_diff() throws Exception {
    kong.consumer("a", Set.of("t"));
    try (Sides sides = new Sides(kong.blueStore(), kong.greenStore())) {
      sides.copy(Kong.policy(folder));
    }
    assertThat(compare("one", kong.greenName())).isEqualTo(0);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("one: 3 rows of", "coverage 1", "findings: orphans=0", "\nequal\n");

    UUID id = kong.consumer("b", Set.of());

    assertThat(compare("one", kong.greenName())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("- consumers id=" + id, "consumers: 1 rows differ", "\ndifferent\n");
  }

  @Test
  void what_cannot_be_read_is_neither() throws Exception {
    assertThat(compare("one", "no_such_keyspace")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no keyspace no_such");
    assertThat(compare("two", kong.greenName())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Expected a cluster two");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void a_preflight_without_kafka_says_what_can_be_copied_and_what_is_not_made_yet()
      throws Exception {
    assertThat(preflight(kong.greenName()))
        .containsExactly("cassandra.few-tombstones", "keyspace.copyable");
    assertThat(preflight("no_such_keyspace"))
        .containsExactly("cassandra.few-tombstones", "keyspace.not-made");
  }

  private List<String> preflight(String green) throws Exception {
    Path inventory = KeyspaceInventory.write(folder, kong.blueName(), green);
    ByteArrayOutputStream reports = new ByteArrayOutputStream();
    String command = JsonLines.write(FakePhaseContext.command("one", Actions.PREFLIGHT).build());
    int exit =
        StandaloneLooks.run(
            List.of(
                "--inventory",
                inventory.toString(),
                "--parallel",
                "1",
                "--deadline-millis",
                "60000"),
            new ByteArrayInputStream(command.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(reports, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            StandalonePreflight::of);
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    PhaseReport report =
        (PhaseReport)
            JsonLines.read(
                reports.toString(StandardCharsets.UTF_8).strip(), PhaseReport.getClassSchema());
    return report.getFindings().stream().map(Finding::getCode).toList();
  }
}
