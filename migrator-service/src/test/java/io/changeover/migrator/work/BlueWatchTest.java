package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.migrator.MigratorSettings;
import io.changeover.schemas.Actions;
import io.changeover.worker.Alarms;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlueWatchTest {

  private static final String COUNTER = "changeover.blue.answers";

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private final Alarms alarms =
      (upgrade, cluster, watch, finding) -> {
        told.add(String.join(" ", upgrade, cluster, watch, finding.getCode()));
        return CompletableFuture.completedFuture(null);
      };

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void a_stopped_blue_node_that_answers_is_counted_until_blue_is_wanted_again() throws Exception {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    Duration limit = Duration.ofSeconds(30);
    MigratorSettings settings =
        new MigratorSettings(
            limit, limit, limit, limit, limit, limit, limit, limit, folder.resolve("state"));
    BlueWatch watch = new BlueWatch(settings, meters, alarms);
    Cluster cluster = cluster(node.getAddress().getPort());
    FakePhaseContext context =
        FakePhaseContext.of(FakePhaseContext.command("lab", Actions.STOP_NODES).build(), cluster);
    Outcome _ =
        Subject.of(
            context,
            subject -> {
              watch.begin(subject);
              return Outcome.done(Map.of());
            });
    node.start();
    try {
      watch.look();
      assertThat(meters.counter(COUNTER, "cluster", "lab").count()).isEqualTo(1);
      assertThat(told).containsExactly("upgrade-1 lab blue-watch blue.answers");
      watch.look();
      assertThat(told).as("not in every round").hasSize(1);
      BlueWatch restarted = new BlueWatch(settings, meters, alarms);
      restarted.look();
      assertThat(meters.counter(COUNTER, "cluster", "lab").count()).isEqualTo(3);
      assertThat(told).as("again after a restart").hasSize(2);
      restarted.end("lab");
      restarted.look();
      new BlueWatch(settings, meters, alarms).look();
      assertThat(meters.counter(COUNTER, "cluster", "lab").count()).isEqualTo(3);
    } finally {
      node.stop(0);
    }
  }

  private Cluster cluster(int port) throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("inventory")).resolve("lab.yaml"),
        """
        clusters:
          - name: lab
            serving: "2.1.4"
            datastore:
              postgres: {host: 127.0.0.1, database: kong, user: kong}
            kong:
              "2.1.4":
                nodes:
                  - {name: blue-1, admin: "http://127.0.0.1:%d", proxy: "http://127.0.0.1:%d"}
              "2.2.2":
                nodes:
                  - {name: green-1, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:2"}
            router:
              haproxy: {runtime: "tcp://127.0.0.1:3", backend: kong}
        """
            .formatted(port, port));
    return Inventory.load(folder.resolve("inventory")).orThrow().cluster("lab").orElseThrow();
  }
}
