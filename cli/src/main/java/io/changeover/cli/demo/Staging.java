package io.changeover.cli.demo;

import io.changeover.cli.suite.Deployment;
import io.changeover.cli.suite.Home;
import io.changeover.messages.StartUpgrade;
import io.changeover.sandbox.load.LoadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/// What a scenario does its own way; [Demo] does the rest, the same way for all. It keeps nothing
/// between calls: what belongs to one run is in the [Topology].
interface Staging {
  /// What [#build] starts, in words.
  String ground();

  /// Starts what everything stands on, and says where the cluster is to be.
  ///
  /// @param folder the run's own
  Topology build(Deployment deployment, Path folder) throws InterruptedException;

  /// Whether something serves, and so takes load, before the run is asked for.
  default boolean serves() {
    return true;
  }

  /// Whether a fault may be injected: the run can be rolled back, and somebody would notice.
  default boolean takesFaults() {
    return serves();
  }

  /// How long the run may take.
  default Duration longest() {
    return Duration.ofMinutes(4);
  }

  /// What must hold of the requests of a run that nothing disturbed.
  default List<Check> requests(Ended run, LoadReport sent, Instant startedAt) {
    return List.of(Verdict.answered(sent, startedAt), Verdict.flowed(sent));
  }

  /// The cluster as it is before the run: made, seeded and serving, where it serves.
  default void begin(DemoCluster cluster) throws InterruptedException {
    cluster.bootstrap();
    cluster.startBlue();
  }

  /// What stands in the inventory about the datastore and the upgrade.
  default KongStore.Inventory inventory(Topology place) {
    return place.store().inventory();
  }

  /// The message that asks for the run.
  ///
  /// @param id of the message, and so of the upgrade
  default SpecificRecord request(Topology place, String id) {
    return upgrade(place, id).build();
  }

  /// The usual request, for those that ask for more with it.
  static StartUpgrade.Builder upgrade(Topology place, String id) {
    return StartUpgrade.newBuilder()
        .setId(id)
        .setCluster(Topology.CLUSTER)
        .setToVersion(place.to())
        .setBy(Demo.BY)
        .setReason("changeover demo");
  }

  /// What the services call as `kong`, by version.
  default Function<String, Path> commands(Home home, Topology place) {
    return home::standIn;
  }

  /// What looks at the cluster while the run lasts.
  default Watch watch(Topology place) {
    return new Watch() {};
  }

  /// What holds for every other run and means nothing for this one, with the reason.
  default List<String> notApplicable() {
    return List.of();
  }

  /// What must hold beside what holds for every run: looked up when the load has ended.
  List<Check> proofs(Ended run) throws InterruptedException;

  /// What must hold beside what holds for every run that was rolled back.
  default List<Check> proofsBack(Ended run) throws InterruptedException {
    return List.of(new AdminProbe(run.place()).check("blue", run.place().from()));
  }
}
