package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/// The second halves of migrations on Cassandra, as far as they change anything that the stand-in
/// reads; what 2.1 makes of older rows is in [CassandraWorkspaces].
final class CassandraTeardowns {
  private record Target(UUID id, Instant createdAt) {}

  private CassandraTeardowns() {}

  static void run(CassandraSession session, String subsystem, String migration) {
    if (migration.endsWith("_200_to_210")) {
      CassandraWorkspaces.bringForward(session, subsystem);
    }
    if (!subsystem.equals("core")) {
      return;
    }
    switch (migration) {
      case "008_150_to_200" -> {
        session.define("DROP INDEX IF EXISTS plugins_run_on_idx");
        session.define("DROP TABLE IF EXISTS cluster_ca");
      }
      case "012_213_to_220" -> newestTargets(session);
      default -> {}
    }
  }

  /// Only the newest row of each target of each upstream stays; ties end either way.
  private static void newestTargets(CassandraSession session) {
    List<UUID> old = new ArrayList<>();
    Map<String, Target> newest = new HashMap<>();
    BiConsumer<String, Target> meet =
        (name, target) -> {
          Target other = newest.get(name);
          if (other == null || target.createdAt().isAfter(other.createdAt())) {
            newest.put(name, target);
          }
          if (other != null) {
            old.add(target.createdAt().isAfter(other.createdAt()) ? other.id() : target.id());
          }
        };
    for (Row row : session.read("SELECT id, upstream_id, target, created_at FROM targets")) {
      Instant at = row.getInstant(3);
      meet.accept(
          row.getUuid(1) + " " + row.getString(2),
          new Target(
              java.util.Objects.requireNonNull(row.getUuid(0)), at == null ? Instant.EPOCH : at));
    }
    old.forEach(id -> session.write("DELETE FROM targets WHERE id = ?", id));
  }
}
