package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Facts;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import io.changeover.worker.testing.FakePhaseContext;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

class MigratorServiceIT {

  @TempDir Path folder;

  @Test
  void a_command_on_the_topic_is_answered_with_what_was_proven() throws Exception {
    try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder.resolve("pg"), 0);
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        StandIn lab = StandIn.seeded(postgres, folder)) {
      Path inventory = Files.createDirectory(folder.resolve("inventory"));
      Files.writeString(inventory.resolve("lab.yaml"), lab.yaml());
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      new TopicSetup(client, 2, 1).ensure(Duration.ofSeconds(60));
      send(client, FakePhaseContext.command("lab", StandIn.UP).build());
      Map<String, Object> settings =
          Map.of(
              "kafka.bootstrap.servers", kafka.bootstrapServers(),
              "changeover.inventory", inventory.toString(),
              "changeover.migrator.state", folder.resolve("state").toString(),
              "micronaut.server.port", "-1");
      try (ApplicationContext context = ApplicationContext.builder(settings).start();
          EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
        List<PhaseReport> reports = reports(client);
        assertThat(reports.getFirst().getKind()).isEqualTo(ReportKind.STARTED);
        assertThat(reports.getLast().getFacts())
            .containsEntry(Facts.SCHEMA_BEFORE, "new")
            .containsEntry(Facts.SCHEMA_AFTER, "pending");
        assertThat(get(server, "/health")).contains("\"status\":\"UP\"");
        assertThat(get(server, "/prometheus")).contains("action=\"migrate-up\",outcome=\"done\"");
      }
    }
  }

  private static void send(Map<String, Object> client, PhaseCommand command) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              CloudEvents.record(
                  Topics.COMMANDS_MIGRATOR,
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

  /// All up to the first that ends the attempt.
  private static List<PhaseReport> reports(Map<String, Object> client) throws Exception {
    Map<String, Object> config = new HashMap<>(client);
    config.put("group.id", "test");
    config.put("auto.offset.reset", "earliest");
    List<PhaseReport> reports = new ArrayList<>();
    Instant end = Instant.now().plus(StandIn.LONG);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.REPORTS));
      while (reports.stream().noneMatch(MigratorServiceIT::ended)) {
        assertThat(Instant.now()).as("reports so far: %s", reports).isBefore(end);
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          reports.add((PhaseReport) Codec.decode(record.value()));
        }
      }
    }
    return reports;
  }

  private static boolean ended(PhaseReport report) {
    return report.getKind() == ReportKind.COMPLETED || report.getKind() == ReportKind.FAILED;
  }

  private static String get(EmbeddedServer server, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.getURI().resolve(path))
              .timeout(Duration.ofSeconds(30))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
