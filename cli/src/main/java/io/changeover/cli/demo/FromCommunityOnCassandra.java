package io.changeover.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Community nodes on a keyspace of Cassandra, and Enterprise of the same open-source base on it.
/// The keyspace is saved as a dump first.
final class FromCommunityOnCassandra implements StagingOnCassandra {
  @Override
  public Topology place(Path folder, int cassandra) {
    return Topology.choose(
        folder,
        OnCassandra.choose(cassandra, CopyWay.DUMP, folder),
        List.of(
            Fleet.choose(folder, "blue", Topology.FROM, KongStore.User.BLUE),
            Fleet.choose(folder, "green", FromCommunity.ENTERPRISE, KongStore.User.BLUE)));
  }

  @Override
  public KongStore.Inventory inventory(Topology place) {
    return place.store() instanceof OnCassandra keyspace
        ? keyspace.shared(place.folder().resolve("backups"))
        : StagingOnCassandra.super.inventory(place);
  }

  @Override
  public Duration longest() {
    return CopyWay.DUMP.longest();
  }

  @Override
  public boolean takesFaults() {
    return false;
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    return FromCommunity.kept(run);
  }
}
