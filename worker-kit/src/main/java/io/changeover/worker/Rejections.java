package io.changeover.worker;

import io.changeover.messages.Rejected;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what can't be read on `changeover.rejected`, with its bytes.
final class Rejections {

  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Producer<String, byte[]> producer;
  private final String by;
  private final Clock clock;

  Rejections(Producer<String, byte[]> producer, String by, Clock clock) {
    this.producer = producer;
    this.by = by;
    this.clock = clock;
  }

  /// Returns when the broker has it, so that the offset may be committed.
  ///
  /// @throws KafkaException when it can't be had; the record must be read again
  void reject(ConsumerRecord<String, byte[]> record, UndecodableException cause)
      throws InterruptedException {
    Rejected rejected = rejected(record, cause);
    LOG.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .log("Rejected: {}; expected {}", cause.getMessage(), cause.expected());
    try {
      producer
          .send(
              CloudEvents.record(
                  Topics.REJECTED,
                  record.key() == null ? "" : record.key(),
                  rejected,
                  rejected.getId(),
                  record.topic(),
                  "/worker/" + by,
                  rejected.getAt(),
                  null))
          .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Could not write to " + Topics.REJECTED, e);
    }
  }

  private Rejected rejected(ConsumerRecord<String, byte[]> record, UndecodableException cause) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return Rejected.newBuilder()
        .setId(Ids.ofRecord(record.topic(), record.partition(), record.offset()))
        .setAt(clock.instant())
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setBy(by)
        .setReason(String.valueOf(cause.getMessage()))
        .setExpected(cause.expected())
        .setKey(
            record.key() == null
                ? null
                : ByteBuffer.wrap(record.key().getBytes(StandardCharsets.UTF_8)))
        .setValue(ByteBuffer.wrap(value))
        .setHeaders(headers(record))
        .build();
  }

  private static Map<String, ByteBuffer> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, ByteBuffer> headers = new LinkedHashMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(
                    header.key(),
                    ByteBuffer.wrap(header.value() == null ? new byte[0] : header.value())));
    return headers;
  }
}
