package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.List;

/// A Cassandra node without a keyspace of Kong's.
final class FirstInstallOnCassandra implements StagingOnCassandra, FirstInstall {
  @Override
  public Topology place(Path folder, int cassandra) {
    return Topology.choose(
        folder,
        OnCassandra.choose(cassandra, CopyWay.COPY, folder),
        List.of(Fleet.choose(folder, "green", Topology.TO, KongStore.User.BLUE)));
  }

  @Override
  public KongStore.Inventory store(Topology place) {
    return place.store() instanceof OnCassandra keyspace
        ? keyspace.shared(place.folder().resolve("backups"))
        : place.store().inventory();
  }

  @Override
  public String database() {
    return "cassandra";
  }
}
