package io.changeover.sandbox.kong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON text to plain values (maps, lists, text, numbers, booleans, null) and back.
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /// @throws IllegalArgumentException when the text is no JSON
  static @Nullable Object read(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  @SuppressWarnings("unchecked") // A JSON object is read as a map from text.
  static Map<String, @Nullable Object> readObject(String text) {
    if (read(text) instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalArgumentException("Expected a JSON object");
  }

  static String write(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected a value that JSON can hold", e);
    }
  }

  /// The first with the second's values laid over it, map by map.
  static @Nullable Object overlay(@Nullable Object under, @Nullable Object over) {
    if (!(under instanceof Map<?, ?> below) || !(over instanceof Map<?, ?> above)) {
      return over;
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    below.forEach((key, value) -> merged.put(String.valueOf(key), value));
    above.forEach(
        (key, value) ->
            merged.merge(String.valueOf(key), value == null ? NULL : value, (a, b) -> over(a, b)));
    merged.replaceAll((key, value) -> value == NULL ? null : value);
    return merged;
  }

  private static final Object NULL = new Object();

  private static Object over(@Nullable Object under, Object over) {
    Object merged = over == NULL ? NULL : overlay(under, over);
    return merged == null ? NULL : merged;
  }
}
