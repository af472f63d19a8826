package io.changeover.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// JSON as people write it in runbooks,
/// `{"type":"AnswerGate","cluster":"eu-1","gate":"confirm","by":"kim"}`: absent fields take the
/// schema's defaults, times are ISO instants or epoch milliseconds, an unknown field is an error
/// that names the known ones.
final class JsonMessages {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(20).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonMessages() {}

  /// @param defaultId the id when the message brings none
  static SpecificRecord read(String json, List<Schema> accepted, String defaultId)
      throws UndecodableException {
    if (!(parse(json) instanceof ObjectNode object)) {
      throw new UndecodableException(
          "JSON that is no object", "an object with \"type\" and \"cluster\"");
    }
    var type = object.remove("type");
    var schema =
        accepted.stream()
            .filter(s -> type != null && s.getName().equals(type.asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UndecodableException(
                        type == null ? "no \"type\"" : "type '" + type.asText() + "'",
                        "\"type\" to be one of " + Inbound.names(accepted)));
    if (!object.has("id")) {
      object.put("id", defaultId);
    }
    return (SpecificRecord) readRecord(object, schema, "");
  }

  private static JsonNode parse(String json) throws UndecodableException {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new UndecodableException(
          "no valid JSON at line %d, column %d"
              .formatted(at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr()),
          "one JSON object, or Avro single-object encoding");
    }
  }

  private static Object readRecord(JsonNode node, Schema schema, String path)
      throws UndecodableException {
    if (!node.isObject()) {
      throw wrong(path, node, "an object");
    }
    var known = new TreeSet<String>();
    schema.getFields().forEach(field -> known.add(field.name()));
    for (var name : (Iterable<String>) node::fieldNames) {
      if (!known.contains(name)) {
        throw new UndecodableException(
            "unknown field '%s%s' in %s".formatted(path, name, schema.getName()), "only " + known);
      }
    }
    var record =
        (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
    for (var field : schema.getFields()) {
      record.put(field.pos(), readField(node.get(field.name()), field, path));
    }
    return record;
  }

  private static @Nullable Object readField(
      @Nullable JsonNode node, Schema.Field field, String path) throws UndecodableException {
    var at = path + field.name();
    if (node != null) {
      return readValue(node, field.schema(), at);
    }
    if (!field.hasDefaultValue()) {
      throw new UndecodableException(
          "no field '%s'".formatted(at), "'%s' as %s".formatted(at, describe(field.schema())));
    }
    try {
      return SpecificData.get().deepCopy(field.schema(), SpecificData.get().getDefaultValue(field));
    } catch (AvroRuntimeException e) {
      throw new UndecodableException("no usable default for '" + at + "'", "the field itself");
    }
  }

  private static @Nullable Object readValue(JsonNode node, Schema schema, String path)
      throws UndecodableException {
    return switch (schema.getType()) {
      case UNION -> node.isNull() ? null : readValue(node, nonNull(schema), path);
      case RECORD -> readRecord(node, schema, path + ".");
      case STRING -> {
        if (!node.isTextual()) {
          throw wrong(path, node, "a string");
        }
        yield node.textValue();
      }
      case INT -> {
        if (!node.canConvertToInt() || !node.isIntegralNumber()) {
          throw wrong(path, node, "an integer of 32 bits");
        }
        yield node.intValue();
      }
      case LONG -> readLong(node, schema, path);
      case ENUM -> readEnum(node, schema, path);
      case ARRAY -> readArray(node, schema, path);
      case MAP -> readMap(node, schema, path);
      case BOOLEAN, DOUBLE, FLOAT, BYTES, FIXED, NULL ->
          throw new UndecodableException(
              "field '" + path + "' cannot be written in JSON", "Avro single-object encoding");
    };
  }

  private static Object readLong(JsonNode node, Schema schema, String path)
      throws UndecodableException {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      try {
        return node.isTextual()
            ? Instant.parse(node.textValue())
            : Instant.ofEpochMilli(number(node, path));
      } catch (DateTimeException e) {
        throw wrong(path, node, "an ISO instant such as 2026-11-25T03:00:00Z");
      }
    }
    return number(node, path);
  }

  private static long number(JsonNode node, String path) throws UndecodableException {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(path, node, "an integer of 64 bits");
    }
    return node.longValue();
  }

  private static Object readEnum(JsonNode node, Schema schema, String path)
      throws UndecodableException {
    if (!node.isTextual() || !schema.getEnumSymbols().contains(node.textValue())) {
      throw wrong(path, node, "one of " + schema.getEnumSymbols());
    }
    return SpecificData.get().createEnum(node.textValue(), schema);
  }

  private static List<@Nullable Object> readArray(JsonNode node, Schema schema, String path)
      throws UndecodableException {
    if (!node.isArray()) {
      throw wrong(path, node, "an array");
    }
    var values = new ArrayList<@Nullable Object>();
    for (var element : node) {
      values.add(readValue(element, schema.getElementType(), path + "[" + values.size() + "]"));
    }
    return values;
  }

  private static Map<String, @Nullable Object> readMap(JsonNode node, Schema schema, String path)
      throws UndecodableException {
    if (!node.isObject()) {
      throw wrong(path, node, "an object");
    }
    var values = new HashMap<String, @Nullable Object>();
    for (var entry : node.properties()) {
      values.put(
          entry.getKey(),
          readValue(entry.getValue(), schema.getValueType(), path + "." + entry.getKey()));
    }
    return values;
  }

  private static Schema nonNull(Schema union) {
    return union.getTypes().stream()
        .filter(s -> s.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static String describe(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? describe(nonNull(schema)) + " or null"
        : schema.getName();
  }

  private static UndecodableException wrong(String path, JsonNode node, String expected) {
    return new UndecodableException(
        "field '%s' is %s"
            .formatted(path, node.getNodeType().name().toLowerCase(java.util.Locale.ROOT)),
        "'%s' to be %s".formatted(path, expected));
  }
}
