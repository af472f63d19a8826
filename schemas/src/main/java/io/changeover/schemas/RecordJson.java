package io.changeover.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/// Avro records as plain JSON values for people: absent fields are left out, times are ISO
/// instants, bytes are hexadecimal.
public final class RecordJson {
  private RecordJson() {}

  /// The fields that are set, in the order of the schema; for whoever wants to add to them.
  public static Map<String, Object> of(IndexedRecord record) {
    var object = new LinkedHashMap<String, Object>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = value(record.get(field.pos()));
      if (value != null) {
        object.put(field.name(), value);
      }
    }
    return object;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case IndexedRecord record -> of(record);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      case Instant instant -> instant.toString();
      case ByteBuffer bytes -> hex(bytes);
      case Number number -> number;
      case Boolean bool -> bool;
      default -> value.toString();
    };
  }

  private static List<Object> list(List<?> list) {
    var values = new ArrayList<Object>(list.size());
    for (Object element : list) {
      Object value = value(element);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private static Map<String, Object> map(Map<?, ?> map) {
    var values = new java.util.TreeMap<String, Object>();
    map.forEach(
        (name, element) -> {
          Object value = value(element);
          if (value != null) {
            values.put(String.valueOf(name), value);
          }
        });
    return values;
  }

  private static String hex(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
