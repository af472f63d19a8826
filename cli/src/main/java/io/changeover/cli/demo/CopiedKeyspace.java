package io.changeover.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Cassandra node with blue's keyspace, and one for green that is filled from it.
///
/// @param way how it is filled
record CopiedKeyspace(CopyWay way) implements StagingOnCassandra {
  @Override
  public Topology place(Path folder, int cassandra) {
    return Topology.choose(folder, OnCassandra.choose(cassandra, way, folder));
  }

  @Override
  public Duration longest() {
    return way.longest();
  }

  @Override
  public Watch watch(Topology place) {
    return new FreezeWatch(place);
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.add(run.cluster().migrationsListed());
    checks.addAll(run.watch().checks());
    checks.add(new AdminProbe(run.place()).check("green", run.place().to()));
    if (run.place().store() instanceof OnCassandra keyspaces) {
      CopyVerdict.add(keyspaces, run.timeline(), checks);
    }
    return checks;
  }
}
