package io.changeover.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// One message in one line of JSON: how processes of the suite talk where no Kafka is between them,
/// and what a person can read along. The messages are the same as on the topics.
public final class JsonLines {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static {
    // Avro makes instances only of classes that it was told to trust; loading this tells it.
    Objects.requireNonNull(Messages.ALL);
  }

  private JsonLines() {}

  /// The message without a line break. Absent values are left out, times are ISO instants.
  public static String write(SpecificRecord message) {
    try {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("type", message.getSchema().getName());
      line.putAll(RecordJson.of(message));
      return MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected to write %s as JSON, but %s"
              .formatted(message.getSchema().getName(), e.getMessage()),
          e);
    }
  }

  /// The message of a line.
  ///
  /// @throws UndecodableException when the line is no such message
  public static SpecificRecord read(String line, Schema schema) throws UndecodableException {
    return JsonMessages.read(line, List.of(schema), "");
  }
}
