package io.changeover.worker.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.messages.Finding;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.Severity;
import io.changeover.schemas.JsonLines;
import io.changeover.schemas.Messages;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneLooksTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void messages() {
    assertThat(Messages.ALL).isNotEmpty();
  }

  @Test
  void a_cluster_that_hangs_or_breaks_or_is_gone_is_a_finding_and_stops_no_other()
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      inventory(server.getLocalPort(), "hangs", "breaks", "well", "asks-to-act", "gone");
      CountDownLatch never = new CountDownLatch(1);
      CountDownLatch givenUp = new CountDownLatch(1);
      Map<String, PhaseReport> reports =
          looks(
              "300",
              context ->
                  switch (context.cluster().name()) {
                    case "hangs" -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        givenUp.countDown();
                      }
                      yield Outcome.done(Map.of());
                    }
                    case "breaks" -> throw new IllegalStateException("a fault; password=hunter2");
                    case "asks-to-act" -> {
                      context.ensureCurrent();
                      yield Outcome.done(Map.of());
                    }
                    case "gone" -> Outcome.retryable("no router", "an answer", "start it");
                    default -> Outcome.done(Map.of("seen", "yes"));
                  },
              "hangs",
              "breaks",
              "well",
              "asks-to-act",
              "gone");
      assertThat(reports).hasSize(5);
      assertThat(givenUp.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(of(reports, "well").getFindings()).isEmpty();
      assertThat(of(reports, "well").getFacts()).containsEntry("seen", "yes");
      assertThat(only(of(reports, "hangs")))
          .satisfies(
              found -> {
                assertThat(found.getCode()).isEqualTo("unreachable");
                assertThat(found.getSeverity()).isEqualTo(Severity.BLOCKER);
                assertThat(found.getMessage()).contains("hangs", "300 ms");
                assertThat(found.getEvidence())
                    .contains("127.0.0.1:" + server.getLocalPort(), "takes connections");
              });
      assertThat(only(of(reports, "breaks")).getCode()).isEqualTo("look.refused");
      assertThat(only(of(reports, "breaks")).getMessage())
          .contains("IllegalStateException: a fault")
          .doesNotContain("hunter2");
      assertThat(only(of(reports, "asks-to-act")).getMessage()).contains("which no look may");
      assertThat(only(of(reports, "gone")).getCode()).isEqualTo("unreachable");
      assertThat(only(of(reports, "gone")).getRemedy()).isEqualTo("start it");
    }
  }

  @Test
  void a_closed_port_is_named_with_what_was_tried_beside_the_works_own_findings() throws Exception {
    inventory(1, "closed");
    Finding own =
        Finding.newBuilder().setSeverity(Severity.WARNING).setCode("own").setMessage("own").build();
    Map<String, PhaseReport> reports =
        looks("5000", context -> Outcome.done(Map.of(), List.of(own)), "closed");
    assertThat(of(reports, "closed").getFindings())
        .extracting(Finding::getCode)
        .containsExactly("unreachable", "own");
    assertThat(of(reports, "closed").getFindings().getFirst().getEvidence())
        .contains("connect to 127.0.0.1:1", "refused");
  }

  @Test
  void a_broken_file_and_a_cluster_of_nobodys_leave_the_rest() throws Exception {
    inventory(1, "closed");
    Files.writeString(folder.resolve("broken.yaml"), "clusters: [");
    assertThat(looks("5000", context -> Outcome.done(Map.of()), "closed", "nobody"))
        .containsOnlyKeys("closed");
  }

  @Test
  void a_wrong_call_says_what_was_expected() throws Exception {
    int exit =
        StandaloneLooks.run(
            List.of("--inventory"),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            limits -> new Look("test", work(context -> Outcome.done(Map.of())), c -> List.of()));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--deadline-millis");
  }

  private interface Run {
    Outcome on(PhaseContext context) throws InterruptedException;
  }

  private static PhaseWork work(Run run) {
    return new PhaseWork() {
      @Override
      public Set<String> actions() {
        return Set.of("preflight");
      }

      @Override
      public Outcome run(PhaseContext context) throws InterruptedException {
        return run.on(context);
      }
    };
  }

  private static PhaseReport of(Map<String, PhaseReport> reports, String cluster) {
    return Objects.requireNonNull(reports.get(cluster), cluster);
  }

  private static Finding only(PhaseReport report) {
    assertThat(report.getFindings()).hasSize(1);
    return report.getFindings().getFirst();
  }

  private Map<String, PhaseReport> looks(String millis, Run run, String... clusters)
      throws Exception {
    List<String> lines = new ArrayList<>();
    for (String cluster : clusters) {
      lines.add(JsonLines.write(FakePhaseContext.command(cluster, "preflight").build()));
    }
    int exit =
        StandaloneLooks.run(
            List.of(
                "--inventory", folder.toString(), "--parallel", "2", "--deadline-millis", millis),
            new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            limits -> new Look("test", work(run), cluster -> List.of(place(cluster.datastore()))));
    assertThat(exit).isZero();
    Map<String, PhaseReport> reports = new TreeMap<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      PhaseReport report = (PhaseReport) JsonLines.read(line, PhaseReport.getClassSchema());
      reports.put(report.getCluster(), report);
    }
    return reports;
  }

  private static Place place(Object datastore) {
    PostgresDatastore postgres = (PostgresDatastore) datastore;
    return new Place("datastore", postgres.host(), postgres.port());
  }

  private void inventory(int port, String... clusters) throws Exception {
    StringBuilder yaml = new StringBuilder("clusters:\n");
    for (String cluster : clusters) {
      yaml.append(
          """
            - name: %s
              serving: "2.1.4"
              datastore:
                postgres: {host: 127.0.0.1, port: %d, database: kong, user: kong}
              kong:
                "2.1.4":
                  command: [/none/kong]
                  nodes: [{name: b, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:2", prefix: /tmp/b}]
                "2.2.2":
                  command: [/none/kong]
                  nodes: [{name: g, admin: "http://127.0.0.1:3", proxy: "http://127.0.0.1:4", prefix: /tmp/g}]
              router: {haproxy: {runtime: "tcp://127.0.0.1:5", backend: kong}}
              upgrade: {backup: off}
          """
              .formatted(cluster, port));
    }
    Files.writeString(folder.resolve("clusters.yaml"), yaml.toString());
  }
}
