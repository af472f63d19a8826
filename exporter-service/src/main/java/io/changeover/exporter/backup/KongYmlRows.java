package io.changeover.exporter.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.changeover.exporter.catalog.Quoted;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.exporter.kongyml.Entity;
import io.changeover.exporter.kongyml.Field;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of one kind of entity in PostgreSQL, as they stand in `kong.yml`. Of targets the newest
/// row of each upstream and address, as Kong 2.1 goes by it; of rows with a time to live those that
/// have not ended.
final class KongYmlRows {

  private static final int FETCH = 1000;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Entity entity;
  private final String table;
  private final List<Field> fields;
  private final boolean workspaced;

  /// One row.
  ///
  /// @param ending whether it has a time to live
  /// @param flattened whether it belongs to another workspace than `default`
  /// @param fraction whether its `created_at` has parts of a second
  record Row(
      Map<String, @Nullable Object> values, boolean ending, boolean flattened, boolean fraction) {}

  /// Takes a row.
  @FunctionalInterface
  interface Sink {
    void row(Row row) throws java.io.IOException;
  }

  /// @param columns that the table has
  KongYmlRows(Entity entity, String schema, Set<String> columns) {
    this.entity = entity;
    this.table = Quoted.name(schema) + "." + Quoted.name(entity.name());
    this.fields =
        entity.fields().stream().filter(field -> columns.contains(field.column())).toList();
    this.workspaced = columns.contains("ws_id");
  }

  /// Reads them, a page at a time.
  ///
  /// @param home the id of the workspace `default`; empty where there are no workspaces
  void read(Connection connection, Optional<String> home, Sink sink)
      throws SQLException, java.io.IOException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery(query(home))) {
        while (row.next()) {
          sink.row(row(row));
        }
      }
    }
  }

  private Row row(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    boolean ending = false;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      Object value = value(field, row, i + 1);
      values.put(field.name(), value);
      ending |= field.kind() == Field.Kind.TTL && value != null;
    }
    return new Row(
        values, ending, row.getBoolean(fields.size() + 1), row.getBoolean(fields.size() + 2));
  }

  private @Nullable Object value(Field field, ResultSet row, int column) throws SQLException {
    return switch (field.kind()) {
      case UUID, REFERENCE, TEXT -> row.getString(column);
      case NUMBER, SECONDS, MILLISECONDS, TTL -> number(row.getBigDecimal(column));
      case BOOLEAN -> {
        boolean flag = row.getBoolean(column);
        yield row.wasNull() ? null : (Object) flag;
      }
      case JSON -> json(row.getString(column));
      case LIST -> texts(row.getArray(column));
      case JSON_LIST -> {
        List<String> texts = texts(row.getArray(column));
        yield texts == null ? null : texts.stream().map(this::json).toList();
      }
    };
  }

  private static @Nullable Object number(@Nullable BigDecimal value) {
    return value == null ? null : value.scale() <= 0 ? (Object) value.toBigInteger() : value;
  }

  private @Nullable Object json(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new BrokenKongYmlException(
          "The table " + entity.name() + " holds a value that is no JSON",
          "JSON, as the column's type says",
          "look at the table");
    }
  }

  private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      texts.add(String.valueOf(element));
    }
    return texts;
  }

  private String query(Optional<String> home) {
    String selected =
        fields.stream().map(KongYmlRows::term).collect(Collectors.joining(", "))
            + (workspaced && home.isPresent()
                ? ", ws_id IS NOT NULL AND ws_id <> '" + java.util.UUID.fromString(home.get()) + "'"
                : ", false")
            + (fields.stream().anyMatch(field -> field.kind() == Field.Kind.SECONDS)
                ? ", created_at <> date_trunc('second', created_at)"
                : ", false");
    boolean ends = fields.stream().anyMatch(field -> field.kind() == Field.Kind.TTL);
    String where = ends ? " WHERE ttl IS NULL OR ttl > now()" : "";
    return entity.name().equals("targets")
        ? "SELECT DISTINCT ON (upstream_id, target) %s FROM %s ORDER BY upstream_id, target, created_at DESC, id::text DESC"
            .formatted(selected, table)
        : "SELECT %s FROM %s%s ORDER BY id".formatted(selected, table, where);
  }

  private static String term(Field field) {
    String column = Quoted.name(field.column());
    return switch (field.kind()) {
      case UUID, REFERENCE, TEXT, JSON -> column + "::text";
      case NUMBER -> column + "::numeric";
      case BOOLEAN -> column;
      case SECONDS -> "floor(extract(epoch FROM " + column + "))::numeric";
      case MILLISECONDS -> "round(extract(epoch FROM " + column + ")::numeric, 3)";
      case LIST, JSON_LIST -> column + "::text[]";
      case TTL -> "ceil(extract(epoch FROM " + column + " - now()))::numeric";
    };
  }
}
