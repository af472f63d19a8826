package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.report.Findings;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One data plane of 2.1 that ends as a connected one does, and a control plane that lists who is
/// connected.
class HybridNodesTest {

  private static final long NOW = 1_795_564_529;

  @TempDir Path folder;
  private HttpServer control;
  private String from = "2.1.4";
  private final Deque<String> listed = new ConcurrentLinkedDeque<>();

  @BeforeEach
  void listen() throws IOException {
    control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    control.createContext(
        "/clustering/status",
        exchange -> {
          try (exchange) {
            String last = listed.size() > 1 ? listed.remove() : listed.element();
            byte[] body = last.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    control.start();
  }

  @AfterEach
  void close() {
    control.stop(0);
  }

  private static String rows(String... ids) {
    return Stream.of(ids)
        .map(id -> "\"%s\":{\"config_hash\":\"51\",\"last_seen\":%d}".formatted(id, NOW))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void a_connected_data_plane_of_2_1_is_stopped_by_force_which_is_told_and_is_no_failure()
      throws Exception {
    listed.add(rows("one"));
    Outcome.Done done = (Outcome.Done) run(stop("blue"));
    assertThat(done.facts()).containsEntry(Facts.NODES_RUNNING, "0");
    Finding told = only(done);
    assertThat(told.getCode()).isEqualTo("nodes.forced");
    assertThat(told.getSeverity()).isEqualTo(Severity.FACT);
    assertThat(told.getEvidence()).contains("Timeout, Kong stopped forcefully");
  }

  @Test
  void one_of_2_2_that_does_not_end_by_itself_has_cut_requests() throws Exception {
    Finding told = only(run(stop("green")));
    assertThat(told.getCode()).isEqualTo("nodes.forced");
    assertThat(told.getSeverity()).isEqualTo(Severity.WARNING);
    assertThat(told.getMessage()).contains("requests that were still in work there were cut");
  }

  @Test
  void no_data_plane_is_left_behind_that_the_inventory_does_not_name() throws Exception {
    listed.add(rows("one", "unnamed"));
    FakePhaseContext context = stop("blue");
    context.cancel();
    Outcome.Failed failed = (Outcome.Failed) run(context);
    assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(failed.reason())
        .contains("feed 2 data planes, and the inventory names 1", "one, unnamed");
    assertThat(folder.resolve("calls")).as("nothing was stopped").doesNotExist();
  }

  @Test
  void one_that_was_restarted_meanwhile_is_waited_for_and_told() throws Exception {
    listed.add(rows("before", "after"));
    listed.add(rows("after"));
    Outcome done = run(stop("blue"));
    assertThat(done).isInstanceOf(Outcome.Done.class);
    assertThat(done.findings())
        .extracting(Finding::getCode)
        .containsExactly("hybrid.restarted", "nodes.forced");
  }

  @Test
  void blue_of_2_2_lists_the_data_planes_of_green_too() throws Exception {
    from = "2.2.1";
    listed.add(rows("blue", "green"));
    assertThat(only(run(stop("blue"))).getCode()).isEqualTo("nodes.forced");
    listed.clear();
    listed.add(rows("blue", "green", "unnamed"));
    FakePhaseContext context = stop("blue");
    context.cancel();
    assertThat(((Outcome.Failed) run(context)).reason()).contains("the inventory names 2");
  }

  @ParameterizedTest
  @CsvSource({
    "one, FACT hybrid.data-planes",
    "one two, BLOCKER hybrid.unnamed-data-plane",
    "'', WARNING hybrid.unconnected-data-plane",
    "silent, WARNING hybrid.data-planes-unread",
  })
  void before_anything_is_touched_who_is_connected_is_compared_with_who_is_named(
      String ids, String told) throws Exception {
    listed.add(
        ids.equals("silent") ? "no JSON" : rows(ids.isEmpty() ? new String[0] : ids.split(" ")));
    Findings findings = new Findings();
    Outcome asked =
        Subject.of(
            stop("blue"),
            subject -> {
              ConnectedDataPlanes.look(new Tools(StandIn.settings(folder)), subject).tell(findings);
              return Outcome.done(Map.of());
            });
    assertThat(asked).isInstanceOf(Outcome.Done.class);
    assertThat(findings.all())
        .extracting(one -> one.getSeverity() + " " + one.getCode())
        .containsExactly(told);
  }

  private static Finding only(Outcome outcome) {
    assertThat(outcome.findings()).hasSize(1);
    return outcome.findings().getFirst();
  }

  private Outcome run(FakePhaseContext context) throws Exception {
    return StandIn.run(StandIn.settings(folder), Actions.STOP_NODES, context);
  }

  private FakePhaseContext stop(String side) throws IOException {
    return FakePhaseContext.of(
        FakePhaseContext.command("stores", Actions.STOP_NODES)
            .setFromVersion(from)
            .setSide(side)
            .setRole("data-plane")
            .build(),
        cluster());
  }

  /// The data planes refuse at every address; whether they run is what their command says.
  private Cluster cluster() throws IOException {
    Path kong = folder.resolve("kong");
    Files.writeString(
        kong,
        """
        #!/bin/sh
        echo "$*" >> %1$s/calls
        case "$1" in
          quit) touch %1$s/gone; echo "Timeout, Kong stopped forcefully" ;;
          health) if [ -e %1$s/gone ]; then echo "Kong is not running at x" >&2; exit 1; fi
            echo "Kong is healthy at x" ;;
        esac
        """
            .formatted(folder));
    Files.setPosixFilePermissions(kong, PosixFilePermissions.fromString("rwx------"));
    Path inventory = Files.createTempDirectory(folder, "inventory");
    Files.writeString(
        inventory.resolve("cluster.yaml"),
        """
        clusters:
          - name: stores
            topology: hybrid
            serving: "%6$s"
            datastore: {postgres: {host: 127.0.0.1, port: 1, database: kong, user: kong}}
            kong:
              "%6$s":
                command: [%1$s]
                nodes: [%2$s, %3$s]
              "2.2.2":
                command: [%1$s]
                nodes: [%4$s, %5$s]
            probe: {path: /health}
            router:
              haproxy: {runtime: "tcp://127.0.0.1:1", backend: kong}
        """
            .formatted(
                kong,
                node("blue-cp", "control-plane", control.getAddress().getPort()),
                node("blue-dp", "data-plane", 1),
                node("green-cp", "control-plane", 1),
                node("green-dp", "data-plane", 1),
                from));
    return Inventory.load(inventory).orThrow().cluster("stores").orElseThrow();
  }

  private static String node(String name, String role, int admin) {
    return "{name: %1$s, role: %2$s, admin: \"http://127.0.0.1:%3$d\", proxy: \"http://127.0.0.1:1\", prefix: /%1$s}"
        .formatted(name, role, admin);
  }
}
