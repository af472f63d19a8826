package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.inventory.CassandraStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The older rows of targets in a keyspace, as [TargetHistory] has them in PostgreSQL. Only ids and
/// times are kept while they are sought.
public final class KeyspaceTargets {

  private record Place(Optional<UUID> upstream, String target) {}

  private record Newest(UUID id, Instant at) {}

  private KeyspaceTargets() {}

  /// Ids of the rows that are not the newest of their upstream and target.
  public static List<UUID> older(CqlSession session, String keyspace) {
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
    return List.copyOf(older);
  }

  /// Writes them to a file that only this user may read, one JSON object a line, whole or not at
  /// all. Does nothing when there are none, so that a repeat after `finish` keeps what was saved
  /// before it.
  ///
  /// @return how many rows the file holds, saved now or before
  public static long save(CassandraStore store, Duration answer, Path file) throws IOException {
    try (CqlSession session = Keyspaces.open(store, answer)) {
      if (KeyspaceTables.tables(session, store.keyspace()).contains("targets")) {
        List<UUID> older = older(session, store.keyspace());
        if (!older.isEmpty()) {
          write(session, store.keyspace(), older, file);
        }
      }
    }
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.count();
    }
  }

  private static void write(CqlSession session, String keyspace, List<UUID> ids, Path file)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (UUID id : ids) {
      Row row =
          session
              .execute(Keyspaces.on(keyspace, "SELECT JSON * FROM %s.targets WHERE id = ?", id))
              .one();
      if (row != null) {
        lines.add(String.valueOf(row.getString(0)));
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, lines, StandardCharsets.UTF_8);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
