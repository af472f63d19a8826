package io.changeover.sandbox.kong;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one kind of entity looks like.
///
/// @param name the entity's and the table's
/// @param workspaced whether its rows belong to a workspace
/// @param cacheKey the fields that make up the key under which nodes keep a row in memory
/// @param subsystem `core` or the plugin that brings it
public record EntitySchema(
    Profile profile,
    String name,
    List<Field> fields,
    boolean workspaced,
    List<String> cacheKey,
    String subsystem) {

  /// The field of that name, or null.
  public @Nullable Field field(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /// The row with everything that was left out: id, times, defaults, nulls. Fields the entity does
  /// not have stay as they are.
  public Map<String, @Nullable Object> complete(Map<String, @Nullable Object> given, Instant now) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (Field field : fields) {
      row.put(field.name(), given.getOrDefault(field.name(), initial(field, now)));
    }
    given.forEach(row::putIfAbsent);
    if (name.equals("plugins") && row.get("name") instanceof String plugin) {
      row.put("config", PluginSchemas.complete(profile, plugin, row.get("config")));
    }
    if (row.get("healthchecks") instanceof Map<?, ?> checks) {
      row.put("healthchecks", Json.overlay(initial(fieldNamed("healthchecks"), now), checks));
    }
    return row;
  }

  private Field fieldNamed(String name) {
    Field field = field(name);
    if (field == null) {
      throw new IllegalStateException(
          "Expected a field " + name + " of " + this.name + ", but there is none");
    }
    return field;
  }

  private static @Nullable Object initial(Field field, Instant now) {
    String json = field.initial();
    if (json != null) {
      return Json.read(json);
    }
    if (field.name().equals("id")) {
      return UUID.randomUUID().toString();
    }
    if (field.type() == Field.Type.SECONDS) {
      return now.getEpochSecond();
    }
    return field.type() == Field.Type.MILLISECONDS ? (Object) (now.toEpochMilli() / 1000.0) : null;
  }

  /// What is wrong with a row, by field; nested where the trouble is. Empty when it is fine.
  public Map<String, Object> violations(Map<String, @Nullable Object> row) {
    Map<String, Object> wrong = new LinkedHashMap<>(Validation.of(fields, row));
    if (name.equals("plugins") && row.get("name") instanceof String plugin) {
      wrong.putAll(PluginSchemas.violations(profile, plugin, row.get("config")));
    }
    return wrong;
  }

  /// Whether the table has the cache key, by which nodes look for its rows.
  boolean keepsCacheKey() {
    return name.equals("plugins") || name.equals("acls");
  }

  /// The key under which nodes keep a row: the table, five slots, the workspace.
  public String cacheKeyOf(Map<String, @Nullable Object> row, String workspace) {
    StringBuilder key = new StringBuilder(name);
    for (int slot = 0; slot < 5; slot++) {
      key.append(':');
      if (slot < cacheKey.size()) {
        key.append(plain(row.get(cacheKey.get(slot))));
      }
    }
    return key.append(':').append(workspaced ? workspace : "").toString();
  }

  private static String plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> reference) {
      return String.valueOf(reference.get("id"));
    }
    return value == null ? "" : value.toString();
  }
}
