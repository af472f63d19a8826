package io.changeover.sandbox.kong;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between Kong's JSON and a table's columns.
final class PostgresRows {
  private PostgresRows() {}

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// The columns of the version's fields: a column that the version knows and the table lacks is an
  /// error of the server, as with Kong.
  static String columns(EntitySchema schema) {
    return schema.fields().stream().map(f -> quote(f.column())).collect(Collectors.joining(", "));
  }

  /// A row as the server gave it, in Kong's shape.
  static Map<String, @Nullable Object> fromColumns(
      EntitySchema schema, Map<String, @Nullable Object> columns) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      row.put(field.name(), fromColumn(field, columns.get(field.column())));
    }
    if (schema.name().equals("plugins")) {
      row.put(
          "config",
          PluginSchemas.complete(
              schema.profile(), String.valueOf(row.get("name")), row.get("config")));
    }
    return row;
  }

  private static @Nullable Object fromColumn(Field field, @Nullable Object value) {
    if (value == null) {
      String initial = field.initial();
      return initial == null ? null : Json.read(initial);
    }
    return switch (field.type()) {
      case FOREIGN -> Map.of("id", value);
      case SECONDS -> time(value).getEpochSecond();
      case MILLISECONDS -> time(value).toEpochMilli() / 1000.0;
      case TTL -> Math.max(0, Duration.between(Instant.now(), time(value)).toSeconds());
      default -> value;
    };
  }

  private static Instant time(Object value) {
    return OffsetDateTime.parse(value.toString()).toInstant();
  }

  /// A row in Kong's shape as columns, with workspace and cache key.
  static Map<String, @Nullable Object> toColumns(
      EntitySchema schema, Map<String, @Nullable Object> row, String workspace) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      columns.put(field.column(), toColumn(field, row.get(field.name())));
    }
    if (schema.workspaced()) {
      columns.put("ws_id", workspace);
    }
    if (schema.keepsCacheKey()) {
      columns.put("cache_key", schema.cacheKeyOf(row, workspace));
    }
    return columns;
  }

  private static @Nullable Object toColumn(Field field, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (field.type()) {
      case FOREIGN -> value instanceof Map<?, ?> reference ? reference.get("id") : value;
      case SECONDS -> Instant.ofEpochSecond(((Number) value).longValue()).toString();
      case MILLISECONDS ->
          Instant.ofEpochMilli(Math.round(((Number) value).doubleValue() * 1000)).toString();
      case TTL -> Instant.now().plusSeconds(((Number) value).longValue()).toString();
      case TEXTS, PATHS, RECORDS -> value instanceof List<?> elements ? array(elements) : value;
      case TEXT, NAME, UUID, INTEGER, NUMBER, BOOLEAN, RECORD -> value;
    };
  }

  /// An array as PostgreSQL writes it: before version 10 it makes none of a JSON array.
  private static String array(List<?> elements) {
    return elements.stream()
        .map(element -> element instanceof String text ? text : Json.write(element))
        .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String insert(EntitySchema schema, Map<String, @Nullable Object> columns) {
    return "WITH t AS (INSERT INTO "
        + quote(schema.name())
        + " ("
        + names(columns)
        + ") SELECT "
        + names(columns)
        + " FROM json_populate_record(NULL::"
        + quote(schema.name())
        + ", ?::json) RETURNING "
        + columns(schema)
        + ") SELECT row_to_json(t)::text FROM t";
  }

  static String insertMany(EntitySchema schema, Map<String, @Nullable Object> columns) {
    return "INSERT INTO "
        + quote(schema.name())
        + " ("
        + names(columns)
        + ") SELECT "
        + names(columns)
        + " FROM json_populate_recordset(NULL::"
        + quote(schema.name())
        + ", ?::json)";
  }

  static String update(EntitySchema schema, Map<String, @Nullable Object> columns) {
    String set =
        columns.keySet().stream()
            .map(c -> quote(c) + " = n." + quote(c))
            .collect(Collectors.joining(", "));
    String returned =
        schema.fields().stream()
            .map(f -> "o." + quote(f.column()))
            .collect(Collectors.joining(", "));
    return "WITH t AS (UPDATE "
        + quote(schema.name())
        + " o SET "
        + set
        + " FROM json_populate_record(NULL::"
        + quote(schema.name())
        + ", ?::json) n WHERE o.id = n.id RETURNING "
        + returned
        + ") SELECT row_to_json(t)::text FROM t";
  }

  private static String names(Map<String, @Nullable Object> columns) {
    return columns.keySet().stream().map(PostgresRows::quote).collect(Collectors.joining(", "));
  }

  /// Whether a field is set by the store alone.
  static boolean isTime(Field field) {
    return field.type() == Field.Type.SECONDS || field.type() == Field.Type.MILLISECONDS;
  }
}
