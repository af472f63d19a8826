package io.changeover.cli.demo;

import io.changeover.cli.suite.Home;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The stand-in keeps its loaded classes too, when it first lists migrations of a store.
public final class StandInWarmth {
  private StandInWarmth() {}

  /// Lists once what neither store has.
  ///
  /// @param folder where the stand-in's words and files go
  /// @param postgres a PostgreSQL server's port
  /// @param cassandra a Cassandra node's port
  public static void prepare(Home home, Path folder, int postgres, int cassandra)
      throws InterruptedException {
    StandIn kong = new StandIn(home, folder);
    Map<String, String> environment =
        new HashMap<>(new OnPostgres(postgres, folder).environment(KongStore.User.MAKER));
    environment.put("KONG_PG_USER", "postgres");
    environment.put("KONG_PG_DATABASE", "postgres");
    list(kong, environment, folder);
    list(
        kong,
        OnCassandra.choose(cassandra, CopyWay.COPY, folder).environment(KongStore.User.MAKER),
        folder);
  }

  private static void list(StandIn kong, Map<String, String> store, Path folder)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(store);
    environment.put("KONG_PREFIX", folder.resolve("kong").toString());
    kong.call("prepare", Topology.TO, environment, "migrations", "list");
  }
}
