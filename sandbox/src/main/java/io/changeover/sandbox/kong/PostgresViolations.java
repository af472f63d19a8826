package io.changeover.sandbox.kong;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Constraint violations in Kong's words.
final class PostgresViolations {
  private static final Pattern DETAIL =
      Pattern.compile("Key \\((.*)\\)=\\((.*)\\) (already|is not|is still).*", Pattern.DOTALL);
  private static final Pattern PARENT = Pattern.compile("table \"([^\"]+)\"");

  private PostgresViolations() {}

  static StoreException of(
      EntitySchema schema, Map<String, ? extends @Nullable Object> row, SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    if (server == null) {
      return PostgresErrors.running(e);
    }
    Map<String, String> key = key(String.valueOf(server.getDetail()));
    String constraint = String.valueOf(server.getConstraint());
    return switch (String.valueOf(e.getSQLState())) {
      case "23505" ->
          constraint.endsWith("_pkey")
              ? Violations.primaryKey(key, e)
              : Violations.unique(
                  constraint.endsWith("cache_key_key") ? cacheKey(schema, row) : key, e);
      case "23503" -> foreign(schema, key, server, e);
      default -> PostgresErrors.running(e);
    };
  }

  private static StoreException foreign(
      EntitySchema schema, Map<String, String> key, ServerErrorMessage server, SQLException e) {
    Matcher parent = PARENT.matcher(String.valueOf(server.getDetail()));
    String entity = parent.find() ? parent.group(1) : "?";
    if (String.valueOf(server.getDetail()).contains("still referenced")) {
      return Violations.stillReferenced(entity, schema.name(), e);
    }
    String id = key.values().stream().findFirst().orElse("");
    Map<String, String> named = new LinkedHashMap<>();
    key.keySet().stream()
        .findFirst()
        .ifPresent(column -> named.put(column.replaceFirst("_id$", ""), id));
    return Violations.leadsNowhere(id, entity, named, e);
  }

  /// The columns of the server's detail, without the workspace.
  private static Map<String, String> key(String detail) {
    Map<String, String> key = new LinkedHashMap<>();
    Matcher m = DETAIL.matcher(detail);
    if (m.matches()) {
      String[] names = m.group(1).split(", ", -1);
      String[] values = m.group(2).split(", ", names.length);
      for (int i = 0; i < names.length && i < values.length; i++) {
        if (!names[i].equals("ws_id")) {
          key.put(names[i], values[i]);
        }
      }
    }
    return key;
  }

  private static Map<String, String> cacheKey(
      EntitySchema schema, Map<String, ? extends @Nullable Object> row) {
    Map<String, String> key = new TreeMap<>();
    for (String field : schema.cacheKey()) {
      Object value = row.get(field);
      key.put(
          field,
          value instanceof Map<?, ?> reference
              ? String.valueOf(reference.get("id"))
              : String.valueOf(value));
    }
    return key;
  }
}
