package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.messages.Finding;
import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.report.Findings;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One blue node that is well.
class PreflightNodesTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private HttpServer node;

  @BeforeEach
  void start() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          byte[] body =
              """
              {"version": "2.1.4", "database": {"reachable": true},
               "configuration": {"database": "postgres", "pg_database": "kong"}}
              """
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Server", "kong/2.1.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  @Test
  void a_blue_node_that_answers_the_probe_is_healthy() throws Exception {
    assertThat(ofBlue("${env:PATH}")).extracting(Finding::getCode).containsOnly("blue.healthy");
  }

  @Test
  void without_the_probes_secret_it_is_named_and_nobody_is_told_to_repair_the_node()
      throws Exception {
    assertThat(ofBlue("${env:NO_SUCH_PROBE_KEY}"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("blue.unproven");
              assertThat(finding.getEvidence()).contains("${env:NO_SUCH_PROBE_KEY}");
              assertThat(finding.getRemedy()).contains("set the secret").doesNotContain("repair");
            });
  }

  private List<Finding> ofBlue(String key) throws Exception {
    Findings findings = new Findings();
    MigratorSettings settings =
        new MigratorSettings(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, folder);
    FakePhaseContext context =
        FakePhaseContext.of(
            FakePhaseContext.command("lab", Actions.PREFLIGHT)
                .setFromVersion("2.1.4")
                .setToVersion("2.2.2")
                .build(),
            cluster(key));
    Outcome outcome =
        Subject.of(
            context,
            subject -> {
              PreflightNodes.look(new Tools(settings), subject, true, findings);
              return Outcome.done(Map.of());
            });
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return findings.all().stream()
        .filter(finding -> finding.getCode().startsWith("blue."))
        .toList();
  }

  private Cluster cluster(String key) throws IOException {
    int port = node.getAddress().getPort();
    int closed = FreePorts.next();
    Files.writeString(
        folder.resolve("lab.yaml"),
        """
        clusters:
          - name: lab
            serving: "2.1.4"
            datastore:
              postgres: {host: 127.0.0.1, database: kong, user: kong}
            probe: {path: /, headers: {apikey: "%s"}, expect: 200}
            kong:
              "2.1.4":
                nodes:
                  - {name: a, admin: "http://127.0.0.1:%d", proxy: "http://127.0.0.1:%d"}
              "2.2.2":
                nodes:
                  - {name: b, admin: "http://127.0.0.1:%d", proxy: "http://127.0.0.1:%d"}
            router:
              haproxy: {runtime: "tcp://127.0.0.1:3", backend: kong}
        """
            .formatted(key, port, port, closed, closed));
    return Inventory.load(folder).orThrow().cluster("lab").orElseThrow();
  }
}
