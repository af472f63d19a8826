package io.changeover.sandbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
  private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

  @Test
  void a_second_start_on_the_folder_and_port_has_the_records_of_the_first(@TempDir Path dir)
      throws Exception {
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
      port = kafka.port();
      createTopic(kafka.bootstrapServers());
      send(kafka.bootstrapServers(), "one");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, port)) {
      send(kafka.bootstrapServers(), "two");

      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(read(kafka.bootstrapServers(), 2)).containsExactly("one", "two");
    }
  }

  private static void createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  private static void send(String servers, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "delivery.timeout.ms", 60000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(PARTITION.topic(), value)).get(60, TimeUnit.SECONDS);
    }
  }

  private static List<String> read(String servers, int count) {
    List<String> values = new java.util.ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
      }
    }
    return values;
  }
}
