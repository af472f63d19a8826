package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What Kong looks for before it writes, since Cassandra holds neither uniqueness nor foreign keys:
/// two writers at once can both find nothing.
final class CassandraChecks {
  private final Profile profile;
  private final CassandraSession session;

  CassandraChecks(Profile profile, CassandraSession session) {
    this.profile = profile;
    this.session = session;
  }

  /// @param columns the row as it would be written
  /// @throws StoreException of kind PRIMARY_KEY when the id is taken
  void newId(EntitySchema schema, Map<String, @Nullable Object> columns) {
    UUID id = (UUID) columns.get("id");
    if (there(schema.name(), id)) {
      throw Violations.primaryKey(Map.of("id", String.valueOf(id)), null);
    }
  }

  /// @throws StoreException of kind UNIQUE when another row has the value
  void unique(
      EntitySchema schema,
      Map<String, @Nullable Object> row,
      Map<String, @Nullable Object> columns) {
    Object id = columns.get("id");
    for (Field field : schema.fields()) {
      Object value = columns.get(field.column());
      if (field.unique() && value != null && other(schema, field.column(), value, id)) {
        throw Violations.unique(Map.of(field.name(), String.valueOf(row.get(field.name()))), null);
      }
    }
    Object cacheKey = columns.get("cache_key");
    if (cacheKey != null && other(schema, "cache_key", cacheKey, id)) {
      throw Violations.unique(cacheKeyFields(schema, row), null);
    }
  }

  private static Map<String, String> cacheKeyFields(
      EntitySchema schema, Map<String, @Nullable Object> row) {
    Map<String, String> key = new TreeMap<>();
    for (String field : schema.cacheKey()) {
      Object value = row.get(field);
      key.put(
          field,
          String.valueOf(value instanceof Map<?, ?> reference ? reference.get("id") : value));
    }
    return key;
  }

  private boolean other(EntitySchema schema, String column, Object value, @Nullable Object id) {
    String where =
        CassandraRows.onePartition(schema.name())
            ? " WHERE partition = '" + schema.name() + "' AND "
            : " WHERE ";
    for (var row :
        session.read(
            "SELECT id FROM " + schema.name() + where + CassandraRows.quote(column) + " = ?",
            value)) {
      if (!java.util.Objects.equals(row.getUuid(0), id)) {
        return true;
      }
    }
    return false;
  }

  /// Kong 2.2 keeps a target once per upstream.
  void onlyTarget(EntitySchema schema, Map<String, @Nullable Object> columns) {
    if (!schema.name().equals("targets") || !profile.uniqueTargets()) {
      return;
    }
    String target = String.valueOf(columns.get("target"));
    for (var row :
        session.read(
            "SELECT target FROM targets WHERE upstream_id = ?", columns.get("upstream_id"))) {
      if (target.equals(row.getString(0))) {
        throw Violations.unique(Map.of("target", target), null);
      }
    }
  }

  /// @throws StoreException of kind FOREIGN_KEY when a foreign key leads nowhere
  void foreignKeys(EntitySchema schema, Map<String, @Nullable Object> columns) {
    for (Field field : schema.fields()) {
      String parent = field.reference();
      if (parent != null && columns.get(field.column()) instanceof UUID id && !there(parent, id)) {
        throw Violations.leadsNowhere(
            id.toString(), parent, Map.of(field.name(), id.toString()), null);
      }
    }
  }

  private boolean there(String entity, @Nullable UUID id) {
    String where =
        CassandraRows.onePartition(entity) ? " WHERE partition = '" + entity + "' AND " : " WHERE ";
    return session.first("SELECT id FROM " + entity + where + "id = ?", id).isPresent();
  }

  /// What goes with a row: its children's ids by entity.
  ///
  /// @throws StoreException of kind FOREIGN_KEY when a child stands in the way
  Map<String, List<String>> children(String parent, String id) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (EntitySchema child : profile.entities()) {
      for (Field field : child.fields()) {
        if (parent.equals(field.reference())) {
          List<String> ids = idsBy(child, field, id);
          if (!ids.isEmpty() && !goesWith(child)) {
            throw Violations.stillReferenced(child.name(), parent, null);
          }
          if (!ids.isEmpty()) {
            found.computeIfAbsent(child.name(), any -> new ArrayList<>()).addAll(ids);
          }
        }
      }
    }
    return found;
  }

  private static boolean goesWith(EntitySchema child) {
    return child.name().equals("plugins")
        || child.name().equals("targets")
        || !child.subsystem().equals("core");
  }

  private List<String> idsBy(EntitySchema child, Field field, String id) {
    List<String> ids = new ArrayList<>();
    session
        .read(
            "SELECT id FROM " + child.name() + " WHERE " + field.column() + " = ?",
            UUID.fromString(id))
        .forEach(row -> ids.add(String.valueOf(row.getUuid(0))));
    return ids;
  }
}
