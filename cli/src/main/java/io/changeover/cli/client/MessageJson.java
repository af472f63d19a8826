package io.changeover.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Messages as JSON that people read and `changeover.requests` takes: `type` first, absent fields
/// left out, times as ISO instants, bytes as hex.
public final class MessageJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MessageJson() {}

  /// One message, on one line.
  public static String write(SpecificRecord message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", message.getSchema().getName());
    fields.putAll(fields(message));
    return text(fields);
  }

  /// Any value made of maps, lists and scalars, on one line.
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The fields of a message that are set.
  public static Map<String, Object> fields(SpecificRecord message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Schema.Field field : message.getSchema().getFields()) {
      Object value = plain(message.get(field.pos()));
      if (value != null) {
        fields.put(field.name(), value);
      }
    }
    return fields;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SpecificRecord record -> fields(record);
      case Instant time -> time.toString();
      case ByteBuffer bytes -> HexFormat.of().formatHex(array(bytes));
      case Map<?, ?> map -> entries(map);
      case Collection<?> all -> (List<?>) all.stream().map(MessageJson::plain).toList();
      case Enum<?> symbol -> symbol.name();
      case CharSequence text -> text.toString();
      default -> value;
    };
  }

  private static Map<String, @Nullable Object> entries(Map<?, ?> map) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(key.toString(), plain(value)));
    return entries;
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
