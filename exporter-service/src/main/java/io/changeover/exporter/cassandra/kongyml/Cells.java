package io.changeover.exporter.cassandra.kongyml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.kongyml.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values of Kong's columns in Cassandra, from their bytes to what stands in the file.
final class Cells {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int PREFIX = 37;
  private static final int UUID_TEXT = 36;

  /// The types that each kind of field may have.
  private static final Map<Field.Kind, Set<String>> TYPES =
      Map.of(
          Field.Kind.UUID, Set.of("uuid"),
          Field.Kind.REFERENCE, Set.of("uuid"),
          Field.Kind.TEXT, Set.of("text"),
          Field.Kind.NUMBER, Set.of("int", "bigint", "smallint", "float", "double"),
          Field.Kind.BOOLEAN, Set.of("boolean"),
          Field.Kind.SECONDS, Set.of("timestamp"),
          Field.Kind.MILLISECONDS, Set.of("timestamp"),
          Field.Kind.LIST, Set.of("set<text>", "list<text>", "set<uuid>", "list<uuid>"),
          Field.Kind.JSON, Set.of("text", "map<text, frozen<set<text>>>"),
          Field.Kind.JSON_LIST, Set.of("set<text>", "list<text>"));

  private Cells() {}

  /// Whether a column can hold such a field.
  static boolean fits(Field field, String type) {
    return TYPES.getOrDefault(field.kind(), Set.of()).contains(type);
  }

  /// What stands in the file; null for null and for what Kong reads as null.
  ///
  /// @throws JsonProcessingException for text that is no JSON where it should be
  static @Nullable Object value(Field field, String type, @Nullable ByteBuffer bytes)
      throws JsonProcessingException {
    if (bytes == null || !bytes.hasRemaining()) {
      return null;
    }
    return switch (field.kind()) {
      case UUID, REFERENCE -> RowDigest.uuid(bytes);
      case TEXT -> text(bytes);
      case NUMBER -> number(type, bytes);
      case BOOLEAN -> bytes.get(bytes.position()) != 0;
      case SECONDS -> Math.floorDiv(bytes.getLong(bytes.position()), 1000L);
      case MILLISECONDS -> BigDecimal.valueOf(bytes.getLong(bytes.position()), 3);
      case LIST -> list(type, bytes);
      case JSON -> type.equals("text") ? JSON.readValue(text(bytes), Object.class) : map(bytes);
      case JSON_LIST -> records(bytes);
      case TTL -> null;
    };
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  private static Object number(String type, ByteBuffer bytes) {
    int at = bytes.position();
    return switch (type) {
      case "int" -> (long) bytes.getInt(at);
      case "smallint" -> (long) bytes.getShort(at);
      case "bigint" -> bytes.getLong(at);
      case "float" -> new BigDecimal(Float.toString(bytes.getFloat(at)));
      default -> BigDecimal.valueOf(bytes.getDouble(at));
    };
  }

  private static List<ByteBuffer> elements(ByteBuffer bytes) {
    ByteBuffer at = bytes.duplicate();
    int count = at.getInt();
    List<ByteBuffer> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(element(at));
    }
    return elements;
  }

  private static ByteBuffer element(ByteBuffer at) {
    int length = at.getInt();
    ByteBuffer element = at.slice(at.position(), length);
    at.position(at.position() + length);
    return element;
  }

  private static @Nullable Object list(String type, ByteBuffer bytes) {
    List<Object> list = new ArrayList<>();
    for (ByteBuffer element : elements(bytes)) {
      list.add(type.endsWith("<uuid>") ? RowDigest.uuid(element) : text(element));
    }
    return list.isEmpty() ? null : list;
  }

  private static @Nullable Object records(ByteBuffer bytes) throws JsonProcessingException {
    List<Object> list = new ArrayList<>();
    for (ByteBuffer element : elements(bytes)) {
      list.add(JSON.readValue(text(element), Object.class));
    }
    return list.isEmpty() ? null : list;
  }

  private static @Nullable Object map(ByteBuffer bytes) {
    ByteBuffer at = bytes.duplicate();
    int count = at.getInt();
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = text(element(at));
      List<String> values = elements(element(at)).stream().map(Cells::text).toList();
      map.put(key, values);
    }
    return map.isEmpty() ? null : map;
  }

  /// A unique value without its workspace, as Kong reads it: what stands behind a colon at the 37th
  /// place, or all of it.
  static String stripped(String value) {
    return value.length() >= PREFIX && value.charAt(UUID_TEXT) == ':'
        ? value.substring(PREFIX)
        : value;
  }

  /// JSON text as a tree; empty for what is none.
  static Optional<Object> tree(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(text(bytes), Object.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
