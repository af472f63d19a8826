package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.JournalProof;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Home;
import io.changeover.cli.suite.Parts;
import io.changeover.messages.StartUpgrade;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.schemas.Ids;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka and PostgreSQL that are already there: `up` uses them, and so does a service by itself.
class GivenGroundIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CLUSTER = "far-away";
  private static final String USER = "planner";
  private static final String PASSWORD = "not-for-the-command-line";

  private static EmbeddedKafka kafka;
  private static EmbeddedPostgresServer postgres;
  private static Path inventory;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    kafka = EmbeddedKafka.start(folder.resolve("ground"), 0);
    postgres = EmbeddedPostgresServer.start(folder.resolve("ground"), 0);
    postgres.createRole(USER, PASSWORD);
    postgres.createDatabase("up", USER);
    postgres.createDatabase("alone", USER);
    inventory = Files.createDirectories(folder.resolve("inventory"));
    Files.writeString(inventory.resolve("clusters.yaml"), UNREACHABLE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
    kafka.close();
  }

  @Test
  void up_runs_on_the_kafka_and_the_database_that_are_named(@TempDir Path data) throws Exception {
    String url = postgres.jdbcUrl("up");
    String upgrade = Ids.next();
    try (RunningUp up =
        RunningUp.start(
            inventory, data, account(), "--kafka", kafka.bootstrapServers(), "--postgres", url)) {
      assertThat(up.kafka()).isEqualTo(kafka.bootstrapServers());
      assertThat(up.database()).isEqualTo(url);
      try (Stream<Path> pids = Files.list(data.resolve("run"))) {
        assertThat(pids.map(pid -> Objects.requireNonNull(pid.getFileName()).toString()))
            .containsExactlyInAnyOrder(
                "planner-service.pid",
                "migrator-service.pid",
                "traffic-service.pid",
                "exporter-service.pid");
      }

      ask(upgrade);
      Timeline timeline = follow(upgrade);
      assertThat(timeline.state()).as("%s", timeline.phases()).isEqualTo("HELD");
      assertThat(timeline.hold().orElseThrow().getReason()).contains("preflight of cluster");
      JournalProof proof =
          JournalProof.of(
              KafkaAccess.of(kafka.bootstrapServers()),
              upgrade,
              url + "?user=" + EmbeddedPostgresServer.SUPERUSER);
      assertThat(proof.holds()).as(proof.evidence()).isTrue();
    }
  }

  @Test
  void each_service_runs_alone_from_its_environment(@TempDir Path folder) throws Exception {
    Map<String, Process> running = new LinkedHashMap<>();
    Map<String, URI> health = new LinkedHashMap<>();
    try {
      for (String service :
          Stream.concat(Parts.WORKERS.stream(), Stream.of(Parts.PLANNER)).toList()) {
        int port = FreePorts.next();
        health.put(service, URI.create("http://127.0.0.1:" + port + "/health"));
        running.put(service, alone(service, port, folder));
      }
      for (var service : health.entrySet()) {
        Path log = folder.resolve(service.getKey() + ".log");
        Process process = Objects.requireNonNull(running.get(service.getKey()));
        assertThat(answer(service.getValue(), process)).as("%s", log).contains("\"UP\"");
      }
    } finally {
      // In order, so that none of them stays a member of a consumer group until Kafka misses it.
      running.values().forEach(Process::destroy);
      running.values().forEach(process -> process.onExit().join());
    }
  }

  private static Process alone(String service, int port, Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Home.find().program(service).jar().toString());
    builder.environment().putAll(account());
    builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    builder.environment().put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    builder.environment().put("CHANGEOVER_INVENTORY", inventory.toString());
    builder.environment().put("CHANGEOVER_MIGRATOR_STATE", folder.resolve("migrator").toString());
    builder.environment().put("DATASOURCES_DEFAULT_URL", postgres.jdbcUrl("alone"));
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(service + ".log").toFile())
        .start();
  }

  private static Map<String, String> account() {
    return Map.of("DATASOURCES_DEFAULT_USERNAME", USER, "DATASOURCES_DEFAULT_PASSWORD", PASSWORD);
  }

  /// What `/health` says once it says that all is well, or what was last known.
  private static String answer(URI health, Process process) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    String last = "no answer";
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (Instant.now().isBefore(deadline) && process.isAlive()) {
        try {
          HttpResponse<String> response =
              client.send(
                  HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.ofString());
          last = response.statusCode() + " " + response.body();
          if (response.statusCode() == 200) {
            return last;
          }
        } catch (IOException e) {
          last = String.valueOf(e);
        }
        Thread.sleep(100);
      }
    }
    return (process.isAlive() ? "not in time: " : "ended: ") + last;
  }

  private static void ask(String upgrade) {
    new RequestSender(KafkaAccess.of(kafka.bootstrapServers()))
        .send(
            StartUpgrade.newBuilder()
                .setId(upgrade)
                .setCluster(CLUSTER)
                .setToVersion("2.2.2")
                .setBy("GivenGroundIT")
                .build(),
            RequestSender.Format.AVRO);
  }

  private static Timeline follow(String upgrade) {
    Timeline timeline = new Timeline(upgrade);
    Instant deadline = Instant.now().plus(PATIENCE);
    new Journal(KafkaAccess.of(kafka.bootstrapServers()))
        .follow(
            true,
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)) {
                timeline.add(entry);
              }
            },
            now -> timeline.hold().isEmpty() && !timeline.ended() && now.isBefore(deadline));
    return timeline;
  }

  /// Nothing answers at any of these addresses.
  private static final String UNREACHABLE =
      """
      clusters:
        - name: far-away
          serving: "2.1.4"
          datastore:
            postgres: {host: 127.0.0.1, port: 1, database: kong, schema: public, user: kong, password: "${env:KONG_PG_PASSWORD}"}
          kong:
            "2.1.4":
              command: [/no/such/kong]
              nodes: [{name: blue-1, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:2"}]
            "2.2.2":
              command: [/no/such/kong]
              nodes: [{name: green-1, admin: "http://127.0.0.1:3", proxy: "http://127.0.0.1:4"}]
          router:
            haproxy: {runtime: "tcp://127.0.0.1:5", backend: kong_proxy}
          upgrade:
            backup: copy
            backupDir: /tmp/none
            retry: {maxAttempts: 1, backoff: 1s}
            steps: [{setWeight: 100}]
            soak: 1s
      """;
}
