package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.inventory.CassandraStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The older rows of targets in a keyspace, as [TargetHistory] has them in PostgreSQL. Only ids and
/// times are kept while they are sought.
public final class KeyspaceTargets {

  private record Place(Optional<UUID> upstream, String target) {}

  private record Newest(UUID id, Instant at) {}

  private KeyspaceTargets() {}

  private record Ids(List<UUID> newest, List<UUID> older) {}

  /// Ids of the rows that are not the newest of their upstream and target.
  public static List<UUID> older(CqlSession session, String keyspace) {
    return ids(session, keyspace).older();
  }

  /// Ids of the rows that are.
  static List<UUID> newest(CqlSession session, String keyspace) {
    return ids(session, keyspace).newest();
  }

  private static Ids ids(CqlSession session, String keyspace) {
    Map<Place, Newest> newest = new HashMap<>();
    List<UUID> older = new ArrayList<>();
    for (Row row :
        session.execute(
            Keyspaces.on(keyspace, "SELECT id, upstream_id, target, created_at FROM %s.targets"))) {
      Newest one =
          new Newest(
              java.util.Objects.requireNonNull(row.getUuid(0)),
              Optional.ofNullable(row.getInstant(3)).orElse(Instant.EPOCH));
      Place place =
          new Place(Optional.ofNullable(row.getUuid(1)), String.valueOf(row.getString(2)));
      Newest known = newest.get(place);
      if (known == null || one.at().isAfter(known.at())) {
        newest.put(place, one);
      }
      if (known != null) {
        older.add(one.at().isAfter(known.at()) ? known.id() : one.id());
      }
    }
    return new Ids(newest.values().stream().map(Newest::id).toList(), List.copyOf(older));
  }

  /// Adds them to a file that only this user may read, one JSON object a line, whole or not at all.
  /// What it holds already stays: `finish` deletes row by row here, and may break off.
  ///
  /// @return how many rows the file holds, saved now or before
  public static long save(CassandraStore store, Duration answer, Path file) throws IOException {
    try (CqlSession session = Keyspaces.open(store, answer)) {
      return SavedRows.add(
          file,
          KeyspaceTables.tables(session, store.keyspace()).contains("targets")
              ? rows(session, store.keyspace())
              : List.of());
    }
  }

  private static List<String> rows(CqlSession session, String keyspace) {
    List<String> rows = new ArrayList<>();
    for (UUID id : older(session, keyspace)) {
      Row row =
          session
              .execute(Keyspaces.on(keyspace, "SELECT JSON * FROM %s.targets WHERE id = ?", id))
              .one();
      if (row != null) {
        rows.add(String.valueOf(row.getString(0)));
      }
    }
    return rows;
  }
}
