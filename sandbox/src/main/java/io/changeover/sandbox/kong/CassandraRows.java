package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between Kong's JSON and the columns of a table in Cassandra: sets, lists, JSON as text, times,
/// and unique values behind the workspace's id.
final class CassandraRows {
  /// Tables that are one partition, named like the table itself.
  private static final Set<String> ONE_PARTITION =
      Set.of("services", "routes", "certificates", "snis", "ca_certificates");

  /// Unique values that stand without a workspace before them.
  private static final Set<String> GLOBAL = Set.of("snis.name");

  private static final Set<String> LISTS = Set.of("routes.hosts", "routes.paths");
  private static final int WORKSPACE_AND_COLON = 37;

  private CassandraRows() {}

  static boolean onePartition(String table) {
    return ONE_PARTITION.contains(table);
  }

  /// Column names may be words of CQL.
  static String quote(String column) {
    return '"' + column + '"';
  }

  /// What to read of a row: the version's fields by name, and what remains of its time.
  static String columns(EntitySchema schema) {
    return schema.fields().stream()
        .map(
            field ->
                field.type() == Field.Type.TTL
                    ? "TTL(created_at) AS \"ttl\""
                    : quote(field.column()))
        .collect(Collectors.joining(", "));
  }

  static Map<String, @Nullable Object> fromColumns(EntitySchema schema, Row columns) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      Object value = columns.getObject(quote(field.column()));
      // As observed: a row without an end has no such field, where on PostgreSQL it is null.
      if (field.type() != Field.Type.TTL || value != null) {
        row.put(field.name(), fromColumn(schema, field, value));
      }
    }
    if (schema.name().equals("plugins")) {
      row.put(
          "config",
          PluginSchemas.complete(
              schema.profile(), String.valueOf(row.get("name")), row.get("config")));
    }
    return row;
  }

  private static @Nullable Object fromColumn(
      EntitySchema schema, Field field, @Nullable Object value) {
    if (value == null || isEmpty(value)) {
      String initial = field.initial();
      return initial == null ? null : Json.read(initial);
    }
    return switch (field.type()) {
      case FOREIGN -> Map.of("id", value.toString());
      case SECONDS -> ((Instant) value).getEpochSecond();
      case MILLISECONDS -> ((Instant) value).toEpochMilli() / 1000.0;
      case UUID -> value.toString();
      case RECORD -> value instanceof Map<?, ?> map ? lists(map) : Json.read(value.toString());
      case RECORDS ->
          ((Collection<?>) value).stream().map(text -> Json.read(text.toString())).toList();
      case TEXTS, PATHS -> ((Collection<?>) value).stream().map(Object::toString).toList();
      default -> prefixed(schema, field) ? stripped(value.toString()) : value;
    };
  }

  /// Cassandra knows no empty collections; the driver makes them of null.
  private static boolean isEmpty(Object value) {
    return (value instanceof Collection<?> all && all.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static Map<String, Object> lists(Map<?, ?> sets) {
    Map<String, Object> lists = new LinkedHashMap<>();
    sets.forEach(
        (name, values) ->
            lists.put(String.valueOf(name), new ArrayList<Object>((Collection<?>) values)));
    return lists;
  }

  /// Whether a value has a workspace before it.
  static boolean isPrefixed(String value) {
    return value.length() >= WORKSPACE_AND_COLON && value.charAt(WORKSPACE_AND_COLON - 1) == ':';
  }

  /// As Kong: what stands behind a colon at the 37th place, or all of it.
  private static String stripped(String value) {
    return isPrefixed(value) ? value.substring(WORKSPACE_AND_COLON) : value;
  }

  /// Whether the column's values have their workspace before them.
  static boolean prefixed(EntitySchema schema, Field field) {
    return field.unique()
        && schema.workspaced()
        && !GLOBAL.contains(schema.name() + "." + field.name());
  }

  /// A row as columns, with partition, workspace and cache key; `ttl` is none of them.
  static Map<String, @Nullable Object> toColumns(
      EntitySchema schema, Map<String, @Nullable Object> row, String workspace) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    if (onePartition(schema.name())) {
      columns.put("partition", schema.name());
    }
    for (Field field : schema.fields()) {
      if (field.type() != Field.Type.TTL) {
        columns.put(field.column(), toColumn(schema, field, row.get(field.name()), workspace));
      }
    }
    if (schema.workspaced()) {
      columns.put("ws_id", UUID.fromString(workspace));
    }
    if (schema.keepsCacheKey()) {
      columns.put("cache_key", schema.cacheKeyOf(row, workspace));
    }
    return columns;
  }

  /// A field's value as its column holds it.
  static @Nullable Object toColumn(
      EntitySchema schema, Field field, @Nullable Object value, String workspace) {
    if (value == null || (value instanceof Collection<?> all && all.isEmpty())) {
      return null;
    }
    return switch (field.type()) {
      case FOREIGN ->
          UUID.fromString(
              String.valueOf(value instanceof Map<?, ?> reference ? reference.get("id") : value));
      case UUID -> UUID.fromString(value.toString());
      case SECONDS -> Instant.ofEpochSecond(((Number) value).longValue());
      case MILLISECONDS -> Instant.ofEpochMilli(Math.round(((Number) value).doubleValue() * 1000));
      case INTEGER -> ((Number) value).intValue();
      case RECORD -> schema.name().equals("routes") ? sets((Map<?, ?>) value) : Json.write(value);
      case RECORDS ->
          ((Collection<?>) value)
              .stream().map(Json::write).collect(Collectors.toCollection(LinkedHashSet::new));
      case TEXTS, PATHS -> texts(schema, field, (Collection<?>) value);
      case BOOLEAN -> value;
      default -> prefixed(schema, field) ? workspace + ":" + value : value;
    };
  }

  private static @Nullable Object sets(Map<?, ?> lists) {
    Map<String, Set<String>> sets = new LinkedHashMap<>();
    lists.forEach(
        (name, values) -> {
          Set<String> all = new LinkedHashSet<>();
          ((Collection<?>) values).forEach(value -> all.add(String.valueOf(value)));
          sets.put(String.valueOf(name), all);
        });
    return sets.isEmpty() ? null : sets;
  }

  private static Object texts(EntitySchema schema, Field field, Collection<?> values) {
    List<String> all = values.stream().map(String::valueOf).toList();
    if (LISTS.contains(schema.name() + "." + field.name())) {
      return all;
    }
    if (field.name().equals("ca_certificates")) {
      return all.stream().map(UUID::fromString).collect(Collectors.toSet());
    }
    return new LinkedHashSet<>(all);
  }
}
