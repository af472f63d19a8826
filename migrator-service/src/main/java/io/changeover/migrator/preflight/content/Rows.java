package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Json;
import java.util.List;

/// Rows as findings speak of them. Ids only: names and unique values may be secrets.
final class Rows {

  private static final int TOLD = 20;

  private Rows() {}

  /// The question and its answer.
  ///
  /// @param which what was kept of the answer
  static String evidence(List<String> columns, String table, String which, List<JsonNode> rows) {
    return "SELECT %s FROM %s, of these %s: %s"
        .formatted(String.join(", ", columns), table, which, ids(rows));
  }

  /// How many, and the ids of the first of them.
  static String ids(List<JsonNode> rows) {
    List<String> ids = rows.stream().limit(TOLD).map(row -> text(row, "id")).toList();
    String more = rows.size() > TOLD ? ", …" : "";
    return rows.isEmpty() ? "none" : rows.size() + ": " + String.join(", ", ids) + more;
  }

  /// A column's text; empty for null.
  static String text(JsonNode row, String column) {
    JsonNode value = row.path(column);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /// A structured column, which Cassandra keeps as text.
  static JsonNode document(JsonNode row, String column) {
    JsonNode value = row.path(column);
    return value.isTextual() ? Json.read(value.asText()) : value;
  }
}
