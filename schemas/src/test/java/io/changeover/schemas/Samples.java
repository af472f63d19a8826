package io.changeover.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// One message of each type with every field set to something telling, made from its schema so that
/// no field is ever left out.
final class Samples {
  private Samples() {}

  static List<SpecificRecord> all() {
    return Messages.ENCODED.stream().map(Samples::of).toList();
  }

  static SpecificRecord of(Schema schema) {
    var record =
        (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
    for (var field : schema.getFields()) {
      record.put(field.pos(), value(field.schema(), field.name()));
    }
    return record;
  }

  private static @Nullable Object value(Schema schema, String name) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream()
              .filter(s -> s.getType() != Schema.Type.NULL)
              .findFirst()
              .map(s -> value(s, name))
              .orElseThrow();
      case RECORD -> of(schema);
      case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().getLast(), schema);
      case ARRAY -> new ArrayList<>(List.of(present(schema.getElementType(), name)));
      case MAP -> new HashMap<>(Map.of("key", present(schema.getValueType(), name)));
      case STRING -> name + " – ü";
      case BYTES, FIXED -> ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
      case INT -> name.length();
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? Instant.parse("2026-11-25T03:00:00.123Z")
              : (Object) (1L << 40 | name.length());
      case FLOAT -> 0.5f;
      case DOUBLE -> 0.25;
      case BOOLEAN -> true;
      case NULL -> null;
    };
  }

  private static Object present(Schema schema, String name) {
    var value = value(schema, name);
    if (value == null) {
      throw new IllegalArgumentException("no sample for null in " + name);
    }
    return value;
  }
}
