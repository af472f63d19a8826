package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.migrator.observe.MetaReading.Lock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads `schema_meta` and `locks` of a keyspace: one row per subsystem, `executed` and `pending`
/// as `set<text>` (an emptied set reads as null), and the lock as a row `migrations` with a time to
/// live, written by a lightweight transaction.
final class KeyspaceTables {

  private KeyspaceTables() {}

  static MetaReading read(CqlSession session, String keyspace) {
    if (!tables(session, keyspace).contains("schema_meta")) {
      return new MetaReading.NoTable();
    }
    TreeMap<String, MetaReading.Row> rows = new TreeMap<>();
    for (Row row :
        session.execute(
            Keyspaces.on(
                keyspace,
                "SELECT subsystem, executed, pending FROM %s.schema_meta WHERE key = 'schema_meta'"))) {
      List<String> pending = names(row, "pending");
      rows.put(
          String.valueOf(row.getString("subsystem")),
          new MetaReading.Row(
              names(row, "executed"), pending.isEmpty() ? Optional.empty() : Optional.of(pending)));
    }
    return new MetaReading.Rows(rows, lock(session, keyspace));
  }

  private static List<String> names(Row row, String column) {
    Set<String> names = row.getSet(column, String.class);
    return names == null ? List.of() : List.copyOf(new TreeSet<>(names));
  }

  private static Optional<Lock> lock(CqlSession session, String keyspace) {
    if (!tables(session, keyspace).contains("locks")) {
      return Optional.empty();
    }
    Row row =
        session
            .execute(
                Keyspaces.on(
                        keyspace,
                        "SELECT owner, ttl(owner) AS left FROM %s.locks WHERE key = 'migrations'")
                    .setConsistencyLevel(DefaultConsistencyLevel.SERIAL))
            .one();
    return row == null || row.isNull("owner")
        ? Optional.empty()
        : Optional.of(
            new Lock(
                String.valueOf(row.getString("owner")),
                Instant.now().plusSeconds(row.isNull("left") ? 0 : row.getInt("left"))));
  }

  /// Names of the keyspace's tables; none where there is no such keyspace.
  static Set<String> tables(CqlSession session, String keyspace) {
    TreeSet<String> names = new TreeSet<>();
    session
        .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace)
        .forEach(row -> names.add(String.valueOf(row.getString(0))));
    return names;
  }
}
