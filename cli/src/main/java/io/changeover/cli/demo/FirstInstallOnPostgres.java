package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.List;

/// An empty PostgreSQL database.
final class FirstInstallOnPostgres implements StagingOnPostgres, FirstInstall {
  @Override
  public Topology place(Path folder, int postgres) {
    return Topology.choose(
        folder,
        new OnPostgres(postgres, folder.resolve("backups")),
        List.of(Fleet.choose(folder, "green", Topology.TO, KongStore.User.GREEN)));
  }

  @Override
  public KongStore.Inventory store(Topology place) {
    return Inventories.unfenced(place.store().inventory());
  }

  @Override
  public String database() {
    return "postgres";
  }
}
