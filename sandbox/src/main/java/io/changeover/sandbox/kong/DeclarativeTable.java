package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The database as one declarative configuration in memory, as a control plane sends it: every
/// field of every row that its version knows, nulls too. Values are not checked: what a newer node
/// wrote goes out as it is, as observed.
public final class DeclarativeTable {
  private DeclarativeTable() {}

  /// All rows of all entities.
  ///
  /// @param plugins the enabled ones: entities of others are left out
  /// @throws StoreException when the database fails
  public static Map<String, Object> of(Profile profile, List<String> plugins, Entities entities) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("_format_version", "2.1");
    table.put("_transform", false);
    for (EntitySchema schema : profile.entities()) {
      if (schema.subsystem().equals("core") || plugins.contains(schema.subsystem())) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        entities.all(schema.name()).forEach(row -> rows.add(flat(profile, schema, row)));
        if (!rows.isEmpty()) {
          table.put(schema.name(), rows);
        }
      }
    }
    return table;
  }

  private static Map<String, @Nullable Object> flat(
      Profile profile, EntitySchema schema, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> flat = DeclarativeExport.flat(row);
    if (schema.name().equals("plugins") && flat.get("config") instanceof Map<?, ?> config) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      config.forEach((name, value) -> named.put(String.valueOf(name), value));
      flat.put("config", PluginSchemas.known(profile, String.valueOf(flat.get("name")), named));
    }
    return flat;
  }
}
