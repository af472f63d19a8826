package io.changeover.sandbox.kong;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the database as a declarative file, page by page: every field of every row, nulls too; no
/// workspaces, no cache keys.
final class DeclarativeExport {
  private static final int PAGE = 1000;

  private final Profile profile;
  private final KongSettings settings;
  private final Entities entities;

  DeclarativeExport(Profile profile, KongSettings settings, Entities entities) {
    this.profile = profile;
    this.settings = settings;
    this.entities = entities;
  }

  /// @throws StoreException when the database fails; what was written stays
  void write(Writer out) throws IOException {
    YamlText yaml = new YamlText(out);
    yaml.line("_transform: false");
    yaml.line("_format_version: '2.1'");
    for (EntitySchema schema : profile.entities()) {
      if (schema.subsystem().equals("core") || settings.plugins().contains(schema.subsystem())) {
        write(schema, yaml);
        out.flush();
      }
    }
  }

  private void write(EntitySchema schema, YamlText yaml) throws IOException {
    String offset = null;
    boolean first = true;
    do {
      Entities.Page page = entities.list(schema.name(), PAGE, offset);
      for (Map<String, @Nullable Object> row : page.rows()) {
        if (first) {
          yaml.line(schema.name() + ":");
          first = false;
        }
        yaml.item(flat(row));
      }
      offset = page.offset();
    } while (offset != null);
  }

  /// A foreign key stands as the bare id.
  static Map<String, @Nullable Object> flat(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> flat = new LinkedHashMap<>();
    row.forEach(
        (name, value) ->
            flat.put(
                name,
                value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("id")
                    ? map.get("id")
                    : value));
    return flat;
  }
}
