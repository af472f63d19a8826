package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Entities in Kong's tables, each with its rows of `tags` in one logged batch.
///
/// Lists go in the order of the store: by id in the tables that are one partition, by token in the
/// others. They hold the rows of all workspaces; what is written belongs to `default`.
final class CassandraEntities implements Entities {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int IN_FLIGHT = 64;

  private final Profile profile;
  private final CassandraSession session;
  private final CassandraChecks checks;
  private volatile @Nullable String workspace;

  CassandraEntities(Profile profile, CassandraSession session) {
    this.profile = profile;
    this.session = session;
    this.checks = new CassandraChecks(profile, session);
  }

  @Override
  public String defaultWorkspace() {
    String known = workspace;
    if (known == null) {
      known =
          session
              .first("SELECT id FROM workspaces WHERE name = 'default'")
              .map(row -> String.valueOf(row.getUuid(0)))
              .orElseThrow(
                  () ->
                      new StoreException(
                          StoreException.Kind.OTHER,
                          "unable to find a default workspace",
                          Map.of(),
                          null));
      workspace = known;
    }
    return known;
  }

  @Override
  public Page list(String entity, int size, @Nullable String offset) {
    return page(profile.entity(entity), List.of(), List.of(), size, offset);
  }

  @Override
  public Page listBy(String entity, String name, String value, int size, @Nullable String offset) {
    EntitySchema schema = profile.entity(entity);
    Field field = schema.field(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "Expected a field of " + entity + ", but got '" + name + "'");
    }
    boolean contains = field.type() == Field.Type.TEXTS || field.type() == Field.Type.PATHS;
    if (!contains && isId(field) && !UUID_TEXT.matcher(value).matches()) {
      return new Page(List.of(), null);
    }
    Object wanted =
        contains ? value : CassandraRows.toColumn(schema, field, value, workspaceFor(schema));
    String condition = CassandraRows.quote(field.column()) + (contains ? " CONTAINS ?" : " = ?");
    return page(
        schema,
        List.of(condition),
        List.of(java.util.Objects.requireNonNull(wanted)),
        size,
        offset);
  }

  @Override
  public Set<String> unfindable(String entity) {
    EntitySchema schema = profile.entity(entity);
    if (schema.keepsCacheKey()) {
      return ids(entity, "cache_key", key -> key.endsWith(":") == profile.workspaces());
    }
    Set<String> lost = new HashSet<>();
    schema.fields().stream()
        .filter(field -> CassandraRows.prefixed(schema, field))
        .forEach(
            field ->
                lost.addAll(
                    ids(entity, field.column(), value -> !CassandraRows.isPrefixed(value))));
    return lost;
  }

  private Set<String> ids(String table, String column, Predicate<String> wanted) {
    Set<String> ids = new HashSet<>();
    String cql = "SELECT id, " + CassandraRows.quote(column) + " FROM " + table;
    for (Row row : read(cql, List.of())) {
      String value = row.getString(1);
      if (value != null && wanted.test(value)) {
        ids.add(String.valueOf(row.getUuid(0)));
      }
    }
    return ids;
  }

  private String workspaceFor(EntitySchema schema) {
    return schema.workspaced() ? defaultWorkspace() : "";
  }

  private static boolean isId(Field field) {
    return field.type() == Field.Type.UUID || field.type() == Field.Type.FOREIGN;
  }

  private Page page(
      EntitySchema schema,
      List<String> conditions,
      List<Object> values,
      int size,
      @Nullable String offset) {
    boolean one = CassandraRows.onePartition(schema.name());
    List<String> where = new ArrayList<>();
    List<Object> bound = new ArrayList<>();
    if (one) {
      where.add("partition = '" + schema.name() + "'");
    }
    if (offset != null) {
      where.add(one ? "id > ?" : "token(id) > token(?)");
      bound.add(UUID.fromString(decode(offset)));
    }
    where.addAll(conditions);
    bound.addAll(values);
    bound.add(size + 1);
    String cql =
        "SELECT "
            + CassandraRows.columns(schema)
            + " FROM "
            + schema.name()
            + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
            + " LIMIT ?"
            + (conditions.isEmpty() ? "" : " ALLOW FILTERING");
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Row row : read(cql, bound)) {
      rows.add(CassandraRows.fromColumns(schema, row));
    }
    if (rows.size() <= size) {
      return new Page(rows, null);
    }
    List<Map<String, @Nullable Object>> kept = List.copyOf(rows.subList(0, size));
    return new Page(kept, encode(String.valueOf(kept.getLast().get("id"))));
  }

  private ResultSet read(String cql, List<Object> values) {
    try {
      return session.read(cql, values.toArray());
    } catch (StoreException e) {
      throw new StoreException(e.kind(), "could not execute page query: " + e.words(), Map.of(), e);
    }
  }

  @Override
  public Map<String, @Nullable Object> insert(String entity, Map<String, @Nullable Object> row) {
    EntitySchema schema = profile.entity(entity);
    Map<String, @Nullable Object> columns =
        CassandraRows.toColumns(schema, row, workspaceFor(schema));
    checks.onlyTarget(schema, columns);
    checks.newId(schema, columns);
    checks.unique(schema, row, columns);
    checks.foreignKeys(schema, columns);
    session.batch(written(schema, row, columns));
    return stored(entity, row);
  }

  private Map<String, @Nullable Object> stored(String entity, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> stored = find(entity, String.valueOf(row.get("id")));
    return stored == null ? row : stored;
  }

  private List<SimpleStatement> written(
      EntitySchema schema,
      Map<String, @Nullable Object> row,
      Map<String, @Nullable Object> columns) {
    List<String> names =
        columns.keySet().stream().filter(name -> columns.get(name) != null).toList();
    String ttl = row.get("ttl") instanceof Number time ? " USING TTL " + time.longValue() : "";
    List<SimpleStatement> statements = new ArrayList<>();
    statements.add(
        session.statement(
            "INSERT INTO "
                + schema.name()
                + " ("
                + names.stream().map(CassandraRows::quote).collect(Collectors.joining(", "))
                + ") VALUES ("
                + "?, ".repeat(names.size() - 1)
                + "?)"
                + ttl,
            names.stream().map(columns::get).toArray()));
    tags(columns).forEach(tag -> statements.add(tagged(schema, columns, tag)));
    return statements;
  }

  private static Set<String> tags(Map<String, @Nullable Object> columns) {
    Set<String> tags = new LinkedHashSet<>();
    if (columns.get("tags") instanceof Collection<?> all) {
      all.forEach(tag -> tags.add(String.valueOf(tag)));
    }
    return tags;
  }

  private SimpleStatement tagged(
      EntitySchema schema, Map<String, @Nullable Object> columns, String tag) {
    return session.statement(
        "INSERT INTO tags (tag, entity_name, entity_id, other_tags) VALUES (?, ?, ?, ?)",
        tag,
        schema.name(),
        String.valueOf(columns.get("id")),
        tags(columns));
  }

  private SimpleStatement untagged(String entity, String id, String tag) {
    return session.statement(
        "DELETE FROM tags WHERE tag = ? AND entity_name = ? AND entity_id = ?", tag, entity, id);
  }

  /// Without Kong's looks before writing, many at a time.
  @Override
  public void insertAll(String entity, List<Map<String, @Nullable Object>> rows) {
    EntitySchema schema = profile.entity(entity);
    Queue<CompletionStage<?>> inFlight = new ArrayDeque<>();
    for (Map<String, @Nullable Object> row : rows) {
      if (inFlight.size() >= IN_FLIGHT) {
        CassandraSession.await(inFlight.remove());
      }
      inFlight.add(
          session.send(
              written(schema, row, CassandraRows.toColumns(schema, row, workspaceFor(schema)))));
    }
    inFlight.forEach(CassandraSession::await);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> update(
      String entity, String id, Map<String, @Nullable Object> changes) {
    EntitySchema schema = profile.entity(entity);
    Map<String, @Nullable Object> after = find(entity, id);
    if (after == null) {
      return null;
    }
    Set<String> tagsBefore = tags(CassandraRows.toColumns(schema, after, workspaceFor(schema)));
    after.putAll(changes);
    after.put("id", id);
    Map<String, @Nullable Object> columns =
        CassandraRows.toColumns(schema, after, workspaceFor(schema));
    checks.unique(schema, after, columns);
    checks.foreignKeys(schema, columns);
    session.batch(changed(schema, after, columns, tagsBefore));
    return stored(entity, after);
  }

  private List<SimpleStatement> changed(
      EntitySchema schema,
      Map<String, @Nullable Object> row,
      Map<String, @Nullable Object> columns,
      Set<String> tagsBefore) {
    boolean one = CassandraRows.onePartition(schema.name());
    List<String> names =
        columns.keySet().stream()
            .filter(name -> !name.equals("id") && !name.equals("partition"))
            .toList();
    List<@Nullable Object> values = new ArrayList<>();
    names.forEach(name -> values.add(columns.get(name)));
    values.add(columns.get("id"));
    String ttl = row.get("ttl") instanceof Number time ? " USING TTL " + time.longValue() : "";
    List<SimpleStatement> statements = new ArrayList<>();
    statements.add(
        session.statement(
            "UPDATE "
                + schema.name()
                + ttl
                + " SET "
                + names.stream()
                    .map(name -> CassandraRows.quote(name) + " = ?")
                    .collect(Collectors.joining(", "))
                + " WHERE "
                + (one ? "partition = '" + schema.name() + "' AND " : "")
                + "id = ?",
            values.toArray()));
    Set<String> tags = tags(columns);
    tagsBefore.stream()
        .filter(tag -> !tags.contains(tag))
        .forEach(
            tag -> statements.add(untagged(schema.name(), String.valueOf(columns.get("id")), tag)));
    tags.forEach(tag -> statements.add(tagged(schema, columns, tag)));
    return statements;
  }

  @Override
  public boolean delete(String entity, String id) {
    Map<String, @Nullable Object> row = find(entity, id);
    if (row == null) {
      return false;
    }
    checks.children(entity, id).forEach((child, ids) -> ids.forEach(one -> delete(child, one)));
    EntitySchema schema = profile.entity(entity);
    List<SimpleStatement> statements = new ArrayList<>();
    statements.add(
        session.statement(
            "DELETE FROM "
                + entity
                + " WHERE "
                + (CassandraRows.onePartition(entity) ? "partition = '" + entity + "' AND " : "")
                + "id = ?",
            UUID.fromString(id)));
    tags(CassandraRows.toColumns(schema, row, workspaceFor(schema)))
        .forEach(tag -> statements.add(untagged(entity, id, tag)));
    session.batch(statements);
    return true;
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
