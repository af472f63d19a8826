package io.changeover.worker;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The producer of reports and rejections: nothing lost, nothing doubled, and no wait without an
/// end.
final class WorkerProducer implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Producer<String, byte[]> producer;

  /// @param kafka `bootstrap.servers` and whatever security settings the cluster wants
  WorkerProducer(Properties kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    this.producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  Producer<String, byte[]> get() {
    return producer;
  }

  /// Sends what is under way, as far as that goes within a few seconds.
  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
