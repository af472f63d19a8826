package io.changeover.sandbox.kong.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads typed values out of rows in Kong's JSON shape.
final class Rows {

  private Rows() {}

  static String text(Map<String, ? extends @Nullable Object> row, String field) {
    Object value = row.get(field);
    return value == null ? "" : value.toString();
  }

  static @Nullable String textOrNull(Map<String, ? extends @Nullable Object> row, String field) {
    Object value = row.get(field);
    return value == null ? null : value.toString();
  }

  static int number(Map<String, ? extends @Nullable Object> row, String field, int absent) {
    return row.get(field) instanceof Number number ? number.intValue() : absent;
  }

  static double decimal(Map<String, ? extends @Nullable Object> row, String field) {
    return row.get(field) instanceof Number number ? number.doubleValue() : 0;
  }

  static boolean flag(Map<String, ? extends @Nullable Object> row, String field, boolean absent) {
    return row.get(field) instanceof Boolean flag ? flag : absent;
  }

  static List<String> strings(Map<String, ? extends @Nullable Object> row, String field) {
    List<String> strings = new ArrayList<>();
    if (row.get(field) instanceof Iterable<?> values) {
      values.forEach(value -> strings.add(String.valueOf(value)));
    }
    return List.copyOf(strings);
  }

  /// The id in a foreign key such as `service: {id: …}`.
  static @Nullable String foreign(Map<String, ? extends @Nullable Object> row, String field) {
    return row.get(field) instanceof Map<?, ?> reference && reference.get("id") != null
        ? String.valueOf(reference.get("id"))
        : null;
  }

  static Map<String, @Nullable Object> map(
      Map<String, ? extends @Nullable Object> row, String field) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (row.get(field) instanceof Map<?, ?> members) {
      members.forEach((name, value) -> copy.put(String.valueOf(name), value));
    }
    return copy;
  }
}
