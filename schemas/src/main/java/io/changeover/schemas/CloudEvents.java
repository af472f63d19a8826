package io.changeover.schemas;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.Rejected;
import io.changeover.messages.RunbookRequested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The CloudEvents 1.0 Kafka protocol binding, binary content mode: attributes are headers named
/// `ce_…`, the body is the message.
public final class CloudEvents {
  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";
  public static final String AVRO = "application/avro";
  public static final String JSON = "application/json";

  private static final String TYPE_PREFIX = "io.changeover.";
  private static final String TYPE_SUFFIX = ".v1";

  private CloudEvents() {}

  /// A record for `topic` that carries `message`.
  ///
  /// @param key the cluster's name
  /// @param id the message's own id: a consumer drops repeats by it
  /// @param subject the upgrade's id
  /// @param source who sends, as a URI reference: `/planner`
  public static ProducerRecord<String, byte[]> record(
      String topic,
      String key,
      SpecificRecord message,
      String id,
      String subject,
      String source,
      Instant time,
      @Nullable String traceparent) {
    return encoded(
        topic,
        key,
        Codec.encode(message),
        headers(message, id, subject, source, time, traceparent));
  }

  /// The same from bytes that were encoded before and attributes that were kept beside them.
  public static ProducerRecord<String, byte[]> encoded(
      String topic, String key, byte[] body, Map<String, String> headers) {
    var record = new ProducerRecord<String, byte[]>(topic, key, body);
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /// The headers of a message. A command to a runbook also carries the names that an answer needs,
  /// so that a shell script can answer without decoding the body; what was rejected says why, so
  /// that a person can read it with any tool.
  public static Map<String, String> headers(
      SpecificRecord message,
      String id,
      String subject,
      String source,
      Instant time,
      @Nullable String traceparent) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ce_specversion", "1.0");
    headers.put(ID, id);
    headers.put(TYPE, type(message.getSchema()));
    headers.put(SOURCE, source);
    headers.put(SUBJECT, subject);
    headers.put(TIME, time.toString());
    headers.put(CONTENT_TYPE, AVRO);
    if (traceparent != null && !traceparent.isEmpty()) {
      headers.put(TRACEPARENT, traceparent);
    }
    if (message instanceof RunbookRequested runbook) {
      headers.put("ce_cluster", runbook.getCluster());
      headers.put("ce_phase", runbook.getPhase());
      headers.put("ce_attempt", Integer.toString(runbook.getAttempt()));
      headers.put("ce_runbook", runbook.getRunbook());
    } else if (message instanceof PhaseCommand command) {
      headers.put("ce_phase", command.getPhase());
      headers.put("ce_attempt", Integer.toString(command.getAttempt()));
    } else if (message instanceof Rejected rejected) {
      headers.put("ce_reason", rejected.getReason());
      headers.put("ce_expected", rejected.getExpected());
    }
    return headers;
  }

  /// `ce_type` of a message: `io.changeover.StartUpgrade.v1`.
  public static String type(Schema schema) {
    return TYPE_PREFIX + schema.getName() + TYPE_SUFFIX;
  }

  /// The value of a header as text, or null.
  public static @Nullable String header(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
