package io.changeover.cli.demo;

import io.changeover.messages.InstallCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/// An empty PostgreSQL database, and the nodes of one version that do not run yet. Nothing serves
/// before, so there is no load; what the new cluster can do is tried at the end.
final class FirstInstall implements StagingOnPostgres {
  @Override
  public Topology place(Path folder, int postgres) {
    return Topology.choose(
        folder,
        new OnPostgres(postgres, folder.resolve("backups")),
        List.of(Fleet.choose(folder, "green", Topology.TO, KongStore.User.GREEN)));
  }

  @Override
  public boolean serves() {
    return false;
  }

  @Override
  public void begin(DemoCluster cluster) {
    cluster.create();
  }

  /// No role to take, nothing to save, no gate to pass: there is no blue.
  @Override
  public KongStore.Inventory inventory(Topology place) {
    return new KongStore.Inventory(
        Inventories.unfenced(place.store().inventory()).cluster(), List.of());
  }

  @Override
  public SpecificRecord request(Topology place, String id) {
    return InstallCluster.newBuilder()
        .setId(id)
        .setCluster(Topology.CLUSTER)
        .setToVersion(place.to())
        .setBy(Demo.BY)
        .setReason("changeover demo")
        .build();
  }

  @Override
  public List<String> notApplicable() {
    return List.of(
        "requests under load: nothing served before the install",
        "blue is stopped: there was none");
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    Topology place = run.place();
    List<Check> checks = new ArrayList<>();
    checks.add(run.cluster().migrationsListed());
    checks.add(new AdminProbe(place).check("green", place.to()));
    checks.add(new AdminProbe(place).serves(place.green()));
    checks.add(NodeProbe.of(place.green(), "postgres", Map.of("routes", 1, "plugins", 1)));
    return checks;
  }
}
