package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Counts of configuration in a keyspace of Cassandra, as [EntityCounts] has them in PostgreSQL.
public final class KeyspaceEntityCounts {

  private static final int PAGE = 2000;

  private KeyspaceEntityCounts() {}

  /// How many entities each workspace has, `default` and so on, by name. Read page by page at the
  /// session's consistency; kept is one number for each workspace. Rows with a time to live are
  /// left out, since they go by themselves. Every row of a target's history counts: both editions
  /// are of one base, so that `finish` deletes none of them.
  public static SortedMap<String, Long> byWorkspace(CqlSession session, String keyspace) {
    Map<UUID, String> names = names(session, keyspace);
    TreeMap<String, Long> counts = new TreeMap<>();
    names.values().forEach(name -> counts.put(name, 0L));
    for (String table : tables(session, keyspace)) {
      for (Row row :
          session.execute(
              Keyspaces.on(
                      keyspace,
                      "SELECT ws_id, ttl(ws_id) AS left FROM %s." + Keyspaces.quoted(table))
                  .setPageSize(PAGE))) {
        if (row.isNull("left")) {
          counts.merge(workspace(row.getUuid("ws_id"), names), 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  private static String workspace(@Nullable UUID id, Map<UUID, String> names) {
    return Optional.ofNullable(id).map(names::get).orElse(EntityTables.NOBODYS);
  }

  private static Map<UUID, String> names(CqlSession session, String keyspace) {
    Map<UUID, String> names = new HashMap<>();
    for (Row row :
        session.execute(
            Keyspaces.on(keyspace, "SELECT id, name FROM %s.workspaces").setPageSize(PAGE))) {
      names.put(row.getUuid("id"), String.valueOf(row.getString("name")));
    }
    return names;
  }

  private static List<String> tables(CqlSession session, String keyspace) {
    return RingProbe.catalogue(session, keyspace).tables().entrySet().stream()
        .filter(table -> EntityTables.counted(table.getKey(), table.getValue().keySet()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
