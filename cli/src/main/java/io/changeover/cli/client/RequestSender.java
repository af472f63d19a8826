package io.changeover.cli.client;

import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.JsonLines;
import io.changeover.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes one request to `changeover.requests` and waits until Kafka has it.
public final class RequestSender {
  private static final String SOURCE = "/cli";
  private static final int DELIVERY_MILLIS = 20_000;

  private final KafkaAccess kafka;

  /// @param kafka where to write
  public RequestSender(KafkaAccess kafka) {
    this.kafka = kafka;
  }

  /// How a message is written.
  public enum Format {
    AVRO,
    JSON
  }

  /// Sends `request`, which has the fields `id`, `cluster` and `upgrade`.
  ///
  /// @return where Kafka put it, `changeover.requests/3@17`
  public String send(SpecificRecord request, Format format) {
    Map<String, Object> settings = new HashMap<>(kafka.settings());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("delivery.timeout.ms", DELIVERY_MILLIS);
    settings.put("max.block.ms", DELIVERY_MILLIS);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      RecordMetadata place =
          producer.send(record(request, format)).get(DELIVERY_MILLIS, TimeUnit.MILLISECONDS);
      return place.topic() + "/" + place.partition() + "@" + place.offset();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw kafka.unreachable(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.failed("Interrupted before Kafka had the message; it may or may not have it");
    }
  }

  static ProducerRecord<String, byte[]> record(SpecificRecord request, Format format) {
    String cluster = field(request, "cluster");
    String id = field(request, "id");
    String upgrade = field(request, "upgrade");
    String subject = upgrade.isEmpty() ? id : upgrade;
    Instant now = Instant.now();
    return switch (format) {
      case AVRO ->
          CloudEvents.record(Topics.REQUESTS, cluster, request, id, subject, SOURCE, now, null);
      case JSON -> {
        Map<String, String> headers =
            new LinkedHashMap<>(CloudEvents.headers(request, id, subject, SOURCE, now, null));
        headers.put(CloudEvents.CONTENT_TYPE, CloudEvents.JSON);
        yield CloudEvents.encoded(
            Topics.REQUESTS,
            cluster,
            JsonLines.write(request).getBytes(StandardCharsets.UTF_8),
            headers);
      }
    };
  }

  private static String field(SpecificRecord request, String name) {
    Object value = request.get(request.getSchema().getField(name).pos());
    return value == null ? "" : value.toString();
  }
}
