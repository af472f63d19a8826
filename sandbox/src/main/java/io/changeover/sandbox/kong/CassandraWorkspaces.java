package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the second half of 2.1's migrations makes of rows from before it on Cassandra: they belong
/// to the workspace `default`, unique values begin with its id, and cache keys end with it. From
/// then on older nodes find none of them by name or key.
///
/// Tokens and codes of oauth2 are left as they are: the stand-in has no such entities.
final class CassandraWorkspaces {
  private static final Set<String> RENAMED_LISTS = Set.of("acl", "ip-restriction", "bot-detection");

  private CassandraWorkspaces() {}

  static void bringForward(CassandraSession session, String subsystem) {
    UUID home = defaultWorkspace(session);
    for (EntitySchema schema : Profile.of("2.1.4").entities()) {
      if (schema.subsystem().equals(subsystem) && schema.workspaced()) {
        bringForward(session, schema, home);
      }
    }
    if (RENAMED_LISTS.contains(subsystem)) {
      renameLists(session, subsystem);
    }
  }

  private static UUID defaultWorkspace(CassandraSession session) {
    return session
        .first("SELECT id FROM workspaces WHERE name = 'default'")
        .map(row -> java.util.Objects.requireNonNull(row.getUuid(0)))
        .orElseGet(
            () -> {
              UUID fresh = UUID.randomUUID();
              session.write(
                  "INSERT INTO workspaces (id, name, created_at) VALUES (?, 'default', ?)",
                  fresh,
                  Instant.now().truncatedTo(ChronoUnit.SECONDS));
              return fresh;
            });
  }

  private static void bringForward(CassandraSession session, EntitySchema schema, UUID home) {
    List<String> unique =
        schema.fields().stream()
            .filter(field -> CassandraRows.prefixed(schema, field))
            .map(Field::column)
            .toList();
    List<String> columns = new ArrayList<>(unique);
    if (schema.keepsCacheKey()) {
      columns.add("cache_key");
    }
    String read =
        "SELECT id, ws_id"
            + String.join("", columns.stream().map(c -> ", " + CassandraRows.quote(c)).toList())
            + " FROM "
            + schema.name();
    for (Row row : session.read(read)) {
      Map<String, Object> changes = new LinkedHashMap<>();
      if (row.getUuid(1) == null) {
        changes.put("ws_id", home);
      }
      for (int i = 0; i < columns.size(); i++) {
        String value = row.getString(i + 2);
        String column = columns.get(i);
        if (value != null && unique.contains(column) && !CassandraRows.isPrefixed(value)) {
          changes.put(column, home + ":" + value);
        } else if (value != null && !unique.contains(column) && value.endsWith(":")) {
          changes.put(column, value + home);
        }
      }
      update(session, schema.name(), row.getUuid(0), changes);
    }
  }

  private static void renameLists(CassandraSession session, String plugin) {
    for (Row row : session.read("SELECT id, name, config FROM plugins")) {
      String config = row.getString(2);
      if (plugin.equals(row.getString(1)) && config != null) {
        Map<String, @Nullable Object> lists = Json.readObject(config);
        if (lists.containsKey("whitelist") || lists.containsKey("blacklist")) {
          lists.put("allow", lists.remove("whitelist"));
          lists.put("deny", lists.remove("blacklist"));
          update(session, "plugins", row.getUuid(0), Map.of("config", Json.write(lists)));
        }
      }
    }
  }

  private static void update(
      CassandraSession session, String table, @Nullable UUID id, Map<String, Object> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<String> set = changes.keySet().stream().map(c -> CassandraRows.quote(c) + " = ?").toList();
    List<@Nullable Object> values = new ArrayList<>(changes.values());
    values.add(id);
    session.write(
        "UPDATE "
            + table
            + " SET "
            + String.join(", ", set)
            + " WHERE "
            + (CassandraRows.onePartition(table) ? "partition = '" + table + "' AND " : "")
            + "id = ?",
        values.toArray());
  }
}
