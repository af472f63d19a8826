package io.changeover.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.TrafficStep;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.schemas.Actions;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.Eventually;
import io.changeover.traffic.testing.Load;
import io.changeover.worker.testing.FakePhaseContext;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service on a real Kafka and a real HAProxy: every action of a hop, as the planner
/// commands them.
class TrafficServiceIT {

  @TempDir Path folder;

  private final List<PhaseReport> reports = new ArrayList<>();

  @Test
  void every_action_of_a_hop_is_done_on_command_and_reported() throws Exception {
    try (Estate estate = Estate.start(folder);
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        Load load = Load.start(estate.haproxy().frontPort(), 200);
        ApplicationContext service = service(estate, kafka);
        KafkaProducer<String, byte[]> producer = producer(kafka);
        KafkaConsumer<String, byte[]> consumer = consumer(kafka)) {
      EmbeddedServer server = service.getBean(EmbeddedServer.class).start();
      List<PhaseCommand.Builder> hop =
          List.of(
              command(Actions.PREFLIGHT_ROUTER),
              command(Actions.FENCE_ADMIN).setSide("blue"),
              command(Actions.SHIFT).setStep(step(0, 50)),
              command(Actions.SHIFT).setStep(step(50, 100)),
              command(Actions.SOAK).setStep(step(100, 100)),
              command(Actions.DRAIN).setSide("blue"),
              command(Actions.OPEN_ADMIN).setSide("green"),
              command(Actions.RESTORE_TRAFFIC),
              command(Actions.OPEN_ADMIN).setSide("blue"));
      for (int i = 0; i < hop.size(); i++) {
        PhaseCommand command = hop.get(i).setId("upgrade-1/" + i).setOrder(i + 1).build();
        producer
            .send(
                CloudEvents.record(
                    Topics.COMMANDS_TRAFFIC,
                    "payments",
                    command,
                    command.getId(),
                    command.getUpgrade(),
                    "/test",
                    command.getIssuedAt(),
                    null))
            .get();

        PhaseReport last = last(consumer, command);

        assertThat(last.getKind()).as("%s", last).isEqualTo(ReportKind.COMPLETED);
      }

      assertThat(load.failures()).isEmpty();
      assertThat(estate.weights()).isEqualTo(List.of(100, 100, 0, 0));
      assertThat(get(server, "/prometheus"))
          .contains("changeover_traffic_weight{cluster=\"payments\",side=\"blue\"} 100.0")
          .contains("changeover_worker_completed_seconds_count{action=\"soak\",outcome=\"done\"");
      assertThat(get(server, "/health")).contains("UP");
      assertThat(reports)
          .filteredOn(report -> report.getKind() == ReportKind.PROGRESS)
          .anySatisfy(report -> assertThat(report.getFacts()).containsKey(Facts.SHARE_GREEN));
    }
  }

  private static PhaseCommand.Builder command(String action) {
    return FakePhaseContext.command("payments", action);
  }

  private static TrafficStep step(int from, int to) {
    return TrafficStep.newBuilder().setFromWeight(from).setSetWeight(to).setPauseMillis(0).build();
  }

  private static ApplicationContext service(Estate estate, EmbeddedKafka kafka) throws IOException {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.port", -1);
    properties.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    properties.put("changeover.inventory", estate.inventory().toString());
    return ApplicationContext.run(properties);
  }

  private static Properties client(EmbeddedKafka kafka) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    return properties;
  }

  private static KafkaProducer<String, byte[]> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(client(kafka), new StringSerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> consumer(EmbeddedKafka kafka) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(client(kafka), new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.REPORTS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private PhaseReport last(KafkaConsumer<String, byte[]> consumer, PhaseCommand command) {
    Eventually.until(
        "the end of " + command.getAction(),
        () -> {
          consumer
              .poll(Duration.ofMillis(200))
              .forEach(record -> reports.add(decoded(record.value())));
          return reports.stream().anyMatch(report -> isLast(report, command));
        });
    return reports.stream().filter(report -> isLast(report, command)).findFirst().orElseThrow();
  }

  private static boolean isLast(PhaseReport report, PhaseCommand command) {
    return report.getId().startsWith(command.getId() + "/")
        && (report.getKind() == ReportKind.COMPLETED || report.getKind() == ReportKind.FAILED);
  }

  private static PhaseReport decoded(byte[] bytes) {
    try {
      return (PhaseReport) Codec.decode(bytes);
    } catch (UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(EmbeddedServer server, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.getURL() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
