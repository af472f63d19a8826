package io.changeover.planner.shell.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Inbound;
import io.changeover.schemas.Messages;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Puts a request on the requests topic, after the same reading that the planner will do.
public final class RequestSender {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SafeProducer producer;
  private final InstantSource clock;

  /// @param producer of this sender alone
  public RequestSender(SafeProducer producer, InstantSource clock) {
    this.producer = producer;
    this.clock = clock;
  }

  /// Sends a request given in JSON.
  ///
  /// @param traceparent of the caller, or null
  /// @return its id: the one that it brought, or a new one
  /// @throws UndecodableException when it is no request
  public String send(String json, @Nullable String traceparent) throws UndecodableException {
    SpecificRecord message = read(json);
    String id = field(message, "id");
    var upgrade = message.get(message.getSchema().getField("upgrade").pos());
    var record =
        CloudEvents.record(
            Topics.REQUESTS,
            field(message, "cluster"),
            message,
            id,
            upgrade == null ? id : upgrade.toString(),
            "/planner/requests",
            clock.instant(),
            traceparent);
    synchronized (producer) {
      producer.send(List.of(record));
    }
    return id;
  }

  private static SpecificRecord read(String json) throws UndecodableException {
    byte[] body = withId(json).getBytes(StandardCharsets.UTF_8);
    var record = new ConsumerRecord<String, byte[]>(Topics.REQUESTS, 0, 0, null, body);
    record
        .headers()
        .add(CloudEvents.CONTENT_TYPE, CloudEvents.JSON.getBytes(StandardCharsets.UTF_8));
    return Inbound.read(record, Messages.REQUESTS);
  }

  /// What is no JSON object is left for the reader to complain of.
  private static String withId(String json) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object && !object.has("id")) {
        return object.put("id", Ids.next()).toString();
      }
    } catch (JsonProcessingException e) {
      return json;
    }
    return json;
  }

  private static String field(SpecificRecord message, String name) {
    return String.valueOf(message.get(message.getSchema().getField(name).pos()));
  }
}
