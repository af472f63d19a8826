package io.changeover.planner.shell.kafka;

import io.changeover.planner.port.SendFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// An idempotent producer that sends lists and returns when all of it is safe. After a failure the
/// next list gets a fresh client: one that gave up on a record may be of no use any more.
///
/// For one thread at a time.
public final class SafeProducer implements AutoCloseable {
  /// From `send` to the broker's answer, all retries included.
  private static final Duration DELIVERY = Duration.ofSeconds(15);

  private static final Duration CLOSE = Duration.ofSeconds(5);

  /// Above every topic's own limit, so that the broker and not the client decides.
  private static final int MAX_REQUEST = 8 << 20;

  private final Map<String, Object> config;
  private @Nullable Producer<String, byte[]> producer;

  /// @param kafka settings of every client
  /// @param clientId the client's name at the broker
  public SafeProducer(Map<String, Object> kafka, String clientId) {
    var settings = new HashMap<String, Object>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    this.config = Map.copyOf(settings);
  }

  /// Sends all, in order per key; returns when the brokers have all of it.
  ///
  /// @throws SendFailedException when one of them is not safe; some of the others may be
  public void send(List<ProducerRecord<String, byte[]>> records) throws SendFailedException {
    if (records.isEmpty()) {
      return;
    }
    var answers = new ArrayList<Future<RecordMetadata>>(records.size());
    try {
      var client = client();
      records.forEach(record -> answers.add(client.send(record)));
      client.flush();
      for (Future<RecordMetadata> answer : answers) {
        answer.get(DELIVERY.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw failed(records.get(Math.min(answers.size(), records.size() - 1)).topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(records.getFirst().topic(), e);
    }
  }

  private SendFailedException failed(String topic, Exception e) {
    discard();
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return new SendFailedException(
        "Expected Kafka to take messages for topic %s and others within %s, but: %s"
            .formatted(topic, DELIVERY, cause),
        cause,
        isRefusal(cause));
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof RecordTooLargeException
        || cause instanceof InvalidRecordException
        || cause instanceof SerializationException
        || cause instanceof InvalidTopicException
        || cause instanceof TopicAuthorizationException;
  }

  private Producer<String, byte[]> client() {
    var client = producer;
    if (client == null) {
      client = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
      producer = client;
    }
    return client;
  }

  private void discard() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(CLOSE);
      producer = null;
    }
  }
}
