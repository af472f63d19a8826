package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/// A row of `plugins`.
record Plugin(JsonNode row) {

  static final String TABLE = "plugins";
  static final List<String> COLUMNS = List.of("id", "name", "enabled", "config");

  /// Those of these names, enabled or not; none where there is no such table.
  static <X extends Exception> List<Plugin> named(Content<X> content, Set<String> names) throws X {
    return content.has(TABLE, "config")
        ? content.rows(TABLE, COLUMNS, row -> names.contains(Rows.text(row, "name"))).stream()
            .map(Plugin::new)
            .toList()
        : List.of();
  }

  boolean enabled() {
    return row.path("enabled").asBoolean(true);
  }

  String name() {
    return Rows.text(row, "name");
  }

  /// A setting; `standard` where the row does not say it.
  String setting(String name, String standard) {
    JsonNode value = Rows.document(row, "config").path(name);
    return value.isMissingNode() || value.isNull() ? standard : value.asText();
  }
}
