package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Community nodes on a PostgreSQL database, and Enterprise of the same open-source base on it.
/// Nothing leads back from the first migration, so the gate stands before it.
final class FromCommunity implements StagingOnPostgres {
  static final String ENTERPRISE = "2.1.4.0";

  @Override
  public Topology place(Path folder, int postgres) {
    return Topology.choose(
        folder,
        new OnPostgres(postgres, folder.resolve("backups")),
        List.of(
            Fleet.choose(folder, "blue", Topology.FROM, KongStore.User.BLUE)
                .with(List.of("edition: community")),
            Fleet.choose(folder, "green", ENTERPRISE, KongStore.User.GREEN)
                .with(List.of("edition: enterprise"))));
  }

  @Override
  public KongStore.Inventory inventory(Topology place) {
    return Inventories.usualGates(place.store().inventory());
  }

  @Override
  public boolean takesFaults() {
    return false;
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    List<Check> checks = new ArrayList<>(kept(run));
    checks.add(NodeProbe.serves(run.place().green(), "postgres", run.cluster().plan()));
    return checks;
  }

  /// What must hold at the end, whatever the datastore.
  static List<Check> kept(Ended run) throws InterruptedException {
    return List.of(
        run.cluster().migrationsListed(),
        EntitiesKept.check(run.timeline().facts()),
        new AdminProbe(run.place()).check("green", run.place().to()));
  }
}
