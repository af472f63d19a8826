package io.changeover.sandbox.kong;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks values against fields and says what is wrong in Kong's words.
final class Validation {
  private static final Set<Field.Type> LISTS =
      Set.of(Field.Type.TEXTS, Field.Type.PATHS, Field.Type.RECORDS);

  private Validation() {}

  /// By field: a message, or for a list a map from position (from 1) to a message.
  static Map<String, Object> of(List<Field> fields, Map<String, ? extends @Nullable Object> row) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    for (Field field : fields) {
      Object problem = problem(field, row.get(field.name()));
      if (problem != null) {
        wrong.put(field.name(), problem);
      }
    }
    for (String name : new TreeSet<>(row.keySet())) {
      if (fields.stream().noneMatch(f -> f.name().equals(name))) {
        wrong.put(name, "unknown field");
      }
    }
    return wrong;
  }

  private static @Nullable Object problem(Field field, @Nullable Object value) {
    if (value == null) {
      return field.required() ? "required field missing" : null;
    }
    if (LISTS.contains(field.type())) {
      return value instanceof List<?> list ? elements(field, list) : "expected a set";
    }
    return switch (field.type()) {
      case TEXT, NAME, UUID ->
          value instanceof String text ? ofText(field, text) : "expected a string";
      case INTEGER, NUMBER, SECONDS, MILLISECONDS, TTL ->
          value instanceof Number number
              ? ofNumber(field, number)
              : "expected " + (field.type() == Field.Type.INTEGER ? "an integer" : "a number");
      case BOOLEAN -> value instanceof Boolean ? null : "expected a boolean";
      case RECORD -> value instanceof Map ? null : "expected a record";
      case FOREIGN, TEXTS, PATHS, RECORDS -> null;
    };
  }

  private static @Nullable Object elements(Field field, List<?> list) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    for (int at = 0; at < list.size(); at++) {
      Object element = list.get(at);
      String problem = null;
      if (field.type() == Field.Type.PATHS
          && element instanceof String path
          && !path.startsWith("/")) {
        problem = "should start with: /";
      } else if (!field.oneOf().isEmpty() && !field.oneOf().contains(String.valueOf(element))) {
        problem = "expected one of: " + String.join(", ", field.oneOf());
      }
      if (problem != null) {
        wrong.put(Integer.toString(at + 1), problem);
      }
    }
    return wrong.isEmpty() ? null : wrong;
  }

  private static @Nullable String ofText(Field field, String text) {
    if (!field.oneOf().isEmpty() && !field.oneOf().contains(text)) {
      return "expected one of: " + String.join(", ", field.oneOf());
    }
    if (field.type() == Field.Type.NAME && !text.matches("[\\w.\\-~]+")) {
      return "invalid value '"
          + text
          + "': it must only contain alphanumeric and '., -, _, ~' characters";
    }
    return field.type() == Field.Type.UUID
            && !text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? "expected a valid UUID"
        : null;
  }

  private static @Nullable String ofNumber(Field field, Number number) {
    if (field.type() == Field.Type.INTEGER
        && number.doubleValue() != Math.rint(number.doubleValue())) {
      return "expected an integer";
    }
    Field.Range range = field.range();
    if (range != null
        && (number.longValue() < range.least() || number.longValue() > range.most())) {
      return "value should be between " + range.least() + " and " + range.most();
    }
    return null;
  }
}
