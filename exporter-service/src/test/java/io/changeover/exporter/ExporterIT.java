package io.changeover.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.restore.Restore;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import io.changeover.worker.testing.FakePhaseContext;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service as it runs, from a command on the topic to a backup that can be put back.
class ExporterIT {

  @TempDir Path dir;

  @Test
  void answers_a_command_with_a_backup_that_can_be_put_back() throws Exception {
    Database.createKongLike("kong_service");
    Clusters.on(dir, "kong_service", "postgres", dir.resolve("backups"), "");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0)) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      new TopicSetup(client, 2, 1).ensure(Duration.ofSeconds(60));
      send(client, FakePhaseContext.command("one", "backup").build());
      Map<String, Object> settings =
          Map.of(
              "kafka.bootstrap.servers", kafka.bootstrapServers(),
              "changeover.inventory", dir.resolve("inventory").toString(),
              "micronaut.server.port", "-1");
      try (ApplicationContext context = ApplicationContext.builder(settings).start();
          EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
        PhaseReport completed = completed(client);
        assertThat(completed.getFacts()).containsEntry("backup.rows", "1303");
        Path backup = Path.of(completed.getFacts().getOrDefault("backup.path", "none"));
        assertThat(Restore.of(backup).manifest().tables()).hasSize(6);
        assertThat(get(server, "/health")).contains("\"status\":\"UP\"");
        assertThat(get(server, "/prometheus"))
            .contains(
                "changeover_worker_completed_seconds_count{action=\"backup\",outcome=\"done\"");
      }
    }
  }

  private static void send(Map<String, Object> client, PhaseCommand command) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              CloudEvents.record(
                  Topics.COMMANDS_EXPORTER,
                  command.getCluster(),
                  command,
                  command.getId(),
                  command.getUpgrade(),
                  "/planner",
                  Instant.now(),
                  null))
          .get();
    }
  }

  private static PhaseReport completed(Map<String, Object> client) throws Exception {
    Map<String, Object> config = new java.util.HashMap<>(client);
    config.put("group.id", "test");
    config.put("auto.offset.reset", "earliest");
    List<PhaseReport> reports = new ArrayList<>();
    Instant end = Instant.now().plusSeconds(60);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.REPORTS));
      while (reports.stream().noneMatch(report -> report.getKind() == ReportKind.COMPLETED)) {
        assertThat(Instant.now()).as("reports so far: %s", reports).isBefore(end);
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          reports.add((PhaseReport) Codec.decode(record.value()));
        }
      }
    }
    return reports.getLast();
  }

  private static String get(EmbeddedServer server, String path) throws Exception {
    URI uri = server.getURI().resolve(path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
