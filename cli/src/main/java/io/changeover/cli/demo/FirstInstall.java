package io.changeover.cli.demo;

import io.changeover.messages.InstallCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/// A datastore without rows, and the nodes of one version that do not run yet. Nothing serves
/// before, so there is no load; what the new cluster can do is tried at the end.
interface FirstInstall extends Staging {
  /// What the inventory would say of the datastore if something served on it.
  KongStore.Inventory store(Topology place);

  /// What nodes call their datastore's kind.
  String database();

  @Override
  default boolean serves() {
    return false;
  }

  @Override
  default void begin(DemoCluster cluster) {
    cluster.create();
  }

  /// No role to take, nothing to save, no gate to pass: there is no blue.
  @Override
  default KongStore.Inventory inventory(Topology place) {
    return new KongStore.Inventory(store(place).cluster(), List.of());
  }

  @Override
  default SpecificRecord request(Topology place, String id) {
    return InstallCluster.newBuilder()
        .setId(id)
        .setCluster(Topology.CLUSTER)
        .setToVersion(place.to())
        .setBy(Demo.BY)
        .setReason("changeover demo")
        .build();
  }

  @Override
  default List<String> notApplicable() {
    return List.of(
        "requests under load: nothing served before the install",
        "blue is stopped: there was none");
  }

  @Override
  default List<Check> proofs(Ended run) throws InterruptedException {
    Topology place = run.place();
    List<Check> checks = new ArrayList<>();
    checks.add(run.cluster().migrationsListed());
    checks.add(new AdminProbe(place).check("green", place.to()));
    checks.add(new AdminProbe(place).serves(place.green()));
    checks.add(NodeProbe.of(place.green(), database(), Map.of("routes", 1, "plugins", 1)));
    return checks;
  }
}
