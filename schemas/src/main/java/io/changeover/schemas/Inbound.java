package io.changeover.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads a record that anybody may have written: Avro single-object encoding, or JSON where
/// runbooks write.
public final class Inbound {
  private Inbound() {}

  /// The message in a record of `changeover.requests` or `changeover.reports`, Avro or JSON. A JSON
  /// message without `id` gets one from its place in the log.
  ///
  /// @param accepted the messages that this topic carries, [Messages#REQUESTS] or
  ///   [Messages#REPORTS]
  /// @throws UndecodableException when the bytes are no such message; the caller puts them on
  ///   `changeover.rejected`
  public static SpecificRecord read(ConsumerRecord<String, byte[]> record, List<Schema> accepted)
      throws UndecodableException {
    byte[] body = record.value();
    if (body == null || body.length == 0) {
      throw new UndecodableException("empty message", "one of " + names(accepted));
    }
    var message =
        isJson(record)
            ? JsonMessages.read(
                new String(body, StandardCharsets.UTF_8),
                accepted,
                Ids.ofRecord(record.topic(), record.partition(), record.offset()))
            : Codec.decode(body);
    if (!accepted.contains(message.getSchema())) {
      throw new UndecodableException(
          "message of type " + message.getSchema().getName() + " on " + record.topic(),
          "one of " + names(accepted));
    }
    var cluster = String.valueOf(message.get(message.getSchema().getField("cluster").pos()));
    if (record.key() != null && !record.key().equals(cluster)) {
      throw new UndecodableException(
          "key '%s' and cluster '%s' differ".formatted(record.key(), cluster),
          "the cluster's name as the key");
    }
    return message;
  }

  private static boolean isJson(ConsumerRecord<String, byte[]> record) {
    var contentType = CloudEvents.header(record.headers(), CloudEvents.CONTENT_TYPE);
    return contentType == null
        ? record.value()[0] != (byte) 0xC3
        : contentType.startsWith(CloudEvents.JSON);
  }

  static List<String> names(List<Schema> schemas) {
    return schemas.stream().map(Schema::getName).toList();
  }
}
