package io.changeover.planner.shell.kafka;

import io.changeover.messages.Rejected;
import io.changeover.planner.port.Rejections;
import io.changeover.planner.port.SendFailedException;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/// `changeover.rejected`: the original bytes and the reason.
public final class RejectedTopic implements Rejections {
  /// The envelope needs room below the topic's limit; of a message that fills it the head is kept,
  /// and the record's place says where the whole is.
  private static final int HEAD = 64 << 10;

  private final SafeProducer producer;
  private final InstantSource clock;
  private final String by;

  /// @param by who rejects, `planner/<instance>`
  public RejectedTopic(SafeProducer producer, InstantSource clock, String by) {
    this.producer = producer;
    this.clock = clock;
    this.by = by;
  }

  @Override
  public synchronized void send(List<Rejection> rejections) {
    if (rejections.isEmpty()) {
      return;
    }
    try {
      producer.send(rejections.stream().map(r -> message(r, Integer.MAX_VALUE)).toList());
    } catch (SendFailedException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
      producer.send(rejections.stream().map(r -> message(r, HEAD)).toList());
    }
  }

  private ProducerRecord<String, byte[]> message(Rejection rejection, int limit) {
    var record = rejection.record();
    byte[] value = record.value() == null ? new byte[0] : record.value();
    var id = Ids.ofRecord(record.topic(), record.partition(), record.offset());
    boolean cut = value.length > limit;
    var message =
        Rejected.newBuilder()
            .setId(id)
            .setAt(clock.instant())
            .setTopic(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset())
            .setBy(by)
            .setReason(
                cut
                    ? rejection.reason() + "; the first %d bytes are kept here".formatted(limit)
                    : rejection.reason())
            .setExpected(rejection.expected())
            .setKey(
                record.key() == null
                    ? null
                    : ByteBuffer.wrap(record.key().getBytes(StandardCharsets.UTF_8)))
            .setValue(ByteBuffer.wrap(cut ? Arrays.copyOf(value, limit) : value))
            .setHeaders(cut ? Map.of() : headers(record))
            .build();
    return CloudEvents.record(
        Topics.REJECTED,
        record.key() == null ? "" : record.key(),
        message,
        id,
        record.topic(),
        "/planner",
        message.getAt(),
        CloudEvents.header(record.headers(), CloudEvents.TRACEPARENT));
  }

  private static Map<String, ByteBuffer> headers(ConsumerRecord<String, byte[]> record) {
    var headers = new HashMap<String, ByteBuffer>();
    record
        .headers()
        .forEach(
            header -> {
              if (header.value() != null) {
                headers.put(header.key(), ByteBuffer.wrap(header.value()));
              }
            });
    return headers;
  }
}
