package io.changeover.migrator.preflight;

import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.CopyPolicy;
import io.changeover.worker.kong.KongTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// All checks that ask Cassandra.
public final class KeyspaceQuestions {

  private KeyspaceQuestions() {}

  /// What blue's keyspace is asked.
  public static List<CqlCheck> blue(CassandraStore store, boolean copied) {
    return List.of(
        new RingChecks(store),
        new LoadChecks(store.keyspace()),
        new KeyspaceContentChecks(store.keyspace(), copied));
  }

  /// What blue's keyspace is asked beside that, by the way that its rows will travel.
  ///
  /// @param way of the command; null where a planner does not say it
  public static List<CqlCheck> way(CassandraStore store, @Nullable String way) {
    return CopyPolicy.Way.KONG_YML.word().equals(way)
        ? List.of(new LossChecks(store.keyspace()))
        : List.of();
  }

  /// What is asked where green will write.
  ///
  /// @param replication of blue's keyspace; empty where it could not be read
  /// @param sameCluster whether [#blue] has asked its nodes already
  public static List<CqlCheck> green(
      CassandraStore store,
      KongTarget green,
      SortedMap<String, String> replication,
      boolean sameCluster) {
    String user = Settings.of(green).value("cassandra_username", "").orElse(store.user());
    ArrayList<CqlCheck> checks = new ArrayList<>();
    if (!sameCluster) {
      checks.add(new RingChecks(store));
    }
    checks.add(new ReplicationChecks(replication, store.keyspace(), green));
    checks.add(new KeyspaceRights(store.user().isEmpty() ? "" : user, store.keyspace()));
    return List.copyOf(checks);
  }
}
