package io.changeover.sandbox.kong;

import io.changeover.sandbox.kong.Entities.Page;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Entities in Kong's tables. The server turns rows into JSON and back, so that one code serves
/// every table and type.
final class PostgresEntities implements Entities {
  private final Profile profile;
  private final PostgresSession session;
  private volatile @Nullable String workspace;

  PostgresEntities(Profile profile, PostgresSession session) {
    this.profile = profile;
    this.session = session;
  }

  @Override
  public String defaultWorkspace() {
    String known = workspace;
    if (known == null) {
      known = session.text("SELECT id::text FROM workspaces WHERE name = 'default'");
      if (known == null) {
        throw new StoreException(
            StoreException.Kind.OTHER, "unable to find a default workspace", Map.of(), null);
      }
      workspace = known;
    }
    return known;
  }

  private String workspaceOf(EntitySchema schema) {
    return schema.workspaced() ? defaultWorkspace() : "";
  }

  /// As a node looks for plugins: by the cache key that its version makes of a row.
  @Override
  public Set<String> unfindable(String entity) {
    if (!profile.entity(entity).keepsCacheKey()) {
      return Set.of();
    }
    String ids =
        session.text(
            "SELECT string_agg(id::text, ',') FROM "
                + quote(entity)
                + " WHERE cache_key "
                + (profile.workspaces() ? "LIKE" : "NOT LIKE")
                + " '%:'");
    return ids == null ? Set.of() : Set.of(ids.split(",", -1));
  }

  @Override
  public Page list(String entity, int size, @Nullable String offset) {
    return page(entity, "", null, size, offset);
  }

  @Override
  public Page listBy(String entity, String field, String value, int size, @Nullable String offset) {
    return page(entity, " AND " + condition(profile.entity(entity), field), value, size, offset);
  }

  private static String condition(EntitySchema schema, String name) {
    Field field = schema.field(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "Expected a field of " + schema.name() + ", but got '" + name + "'");
    }
    String column = quote(field.column());
    return switch (field.type()) {
      case TEXTS, PATHS -> "? = ANY (t." + column + ")";
      default -> "t." + column + "::text = ?";
    };
  }

  private Page page(
      String entity, String condition, @Nullable String value, int size, @Nullable String offset) {
    EntitySchema schema = profile.entity(entity);
    String sql =
        "SELECT row_to_json(t)::text FROM (SELECT "
            + PostgresRows.columns(schema)
            + " FROM "
            + quote(entity)
            + ") t WHERE (?::uuid IS NULL OR t.id > ?::uuid)"
            + condition
            + (schema.field("ttl") == null
                ? ""
                : " AND (t.ttl IS NULL OR t.ttl > CURRENT_TIMESTAMP)")
            + " ORDER BY t.id LIMIT ?::int";
    String after = offset == null ? null : decode(offset);
    List<Map<String, @Nullable Object>> rows =
        session.run(
            c -> {
              try (PreparedStatement select = c.prepareStatement(sql)) {
                int at = 1;
                select.setString(at++, after);
                select.setString(at++, after);
                if (value != null) {
                  select.setString(at++, value);
                }
                select.setString(at, Integer.toString(size + 1));
                return read(schema, select);
              }
            });
    if (rows.size() <= size) {
      return new Page(rows, null);
    }
    List<Map<String, @Nullable Object>> kept = List.copyOf(rows.subList(0, size));
    return new Page(kept, encode(String.valueOf(kept.getLast().get("id"))));
  }

  private static List<Map<String, @Nullable Object>> read(
      EntitySchema schema, PreparedStatement select) throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        rows.add(PostgresRows.fromColumns(schema, Json.readObject(found.getString(1))));
      }
    }
    return rows;
  }

  @Override
  public Map<String, @Nullable Object> insert(String entity, Map<String, @Nullable Object> row) {
    EntitySchema schema = profile.entity(entity);
    refuseSecondTarget(schema, row);
    Map<String, @Nullable Object> columns =
        PostgresRows.toColumns(schema, row, workspaceOf(schema));
    String sql = PostgresRows.insert(schema, columns);
    return changed(schema, row, sql, columns);
  }

  /// Kong 2.2 keeps a target once per upstream, and only its code says so: the table has no such
  /// constraint.
  private void refuseSecondTarget(EntitySchema schema, Map<String, @Nullable Object> row) {
    if (!schema.name().equals("targets") || !profile.uniqueTargets()) {
      return;
    }
    String upstream =
        row.get("upstream") instanceof Map<?, ?> reference
            ? String.valueOf(reference.get("id"))
            : "";
    String target = String.valueOf(row.get("target"));
    if (session.text(
            "SELECT id::text FROM targets WHERE upstream_id = ?::uuid AND target = ? LIMIT 1",
            upstream,
            target)
        != null) {
      throw Violations.unique(Map.of("target", target), null);
    }
  }

  @Override
  public void insertAll(String entity, List<Map<String, @Nullable Object>> rows) {
    EntitySchema schema = profile.entity(entity);
    String home = workspaceOf(schema);
    List<Map<String, @Nullable Object>> all =
        rows.stream().map(row -> PostgresRows.toColumns(schema, row, home)).toList();
    if (all.isEmpty()) {
      return;
    }
    try {
      session.inTransaction(
          c -> {
            try (PreparedStatement insert =
                c.prepareStatement(PostgresRows.insertMany(schema, all.getFirst()))) {
              insert.setString(1, Json.write(all));
              return insert.executeUpdate();
            }
          });
    } catch (SQLException e) {
      throw PostgresViolations.of(schema, rows.getFirst(), e);
    }
  }

  @Override
  public @Nullable Map<String, @Nullable Object> update(
      String entity, String id, Map<String, @Nullable Object> changes) {
    EntitySchema schema = profile.entity(entity);
    Map<String, @Nullable Object> before = find(entity, id);
    if (before == null) {
      return null;
    }
    before.putAll(changes);
    before.put("id", id);
    Map<String, @Nullable Object> columns =
        PostgresRows.toColumns(schema, before, workspaceOf(schema));
    return changed(schema, before, PostgresRows.update(schema, columns), columns);
  }

  private Map<String, @Nullable Object> changed(
      EntitySchema schema,
      Map<String, @Nullable Object> row,
      String sql,
      Map<String, @Nullable Object> columns) {
    try {
      return session.attempt(c -> returned(c, schema, sql, columns));
    } catch (SQLException e) {
      throw PostgresViolations.of(schema, row, e);
    }
  }

  private static Map<String, @Nullable Object> returned(
      Connection c, EntitySchema schema, String sql, Map<String, @Nullable Object> columns)
      throws SQLException {
    try (PreparedStatement change = c.prepareStatement(sql)) {
      change.setString(1, Json.write(columns));
      return read(schema, change).getFirst();
    }
  }

  @Override
  public boolean delete(String entity, String id) {
    try {
      return session.attempt(
              c -> {
                try (PreparedStatement delete =
                    c.prepareStatement(
                        "DELETE FROM "
                            + quote(profile.entity(entity).name())
                            + " WHERE id = ?::uuid")) {
                  delete.setString(1, id);
                  return delete.executeUpdate();
                }
              })
          > 0;
    } catch (SQLException e) {
      throw PostgresViolations.of(profile.entity(entity), Map.of("id", id), e);
    }
  }

  private static String quote(String name) {
    return PostgresRows.quote(name);
  }

  private static String encode(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String offset) {
    return new String(Base64.getUrlDecoder().decode(offset), StandardCharsets.UTF_8);
  }
}
