package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.List;

/// One PostgreSQL database, and both versions on it.
final class SharedPostgres implements StagingOnPostgres {
  @Override
  public Topology place(Path folder, int postgres) {
    return Topology.choose(folder, postgres);
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    return List.of(run.cluster().migrationsListed());
  }
}
