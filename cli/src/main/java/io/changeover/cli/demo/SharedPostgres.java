package io.changeover.cli.demo;

import io.changeover.cli.suite.Deployment;
import java.nio.file.Path;
import java.util.List;

/// One PostgreSQL database, and both versions on it.
final class SharedPostgres implements Staging {
  @Override
  public String ground() {
    return "Kafka and PostgreSQL";
  }

  @Override
  public Topology build(Deployment deployment, Path folder) throws InterruptedException {
    deployment.startGround(null, null);
    return Topology.choose(folder, deployment.postgresPort());
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    return List.of(run.cluster().migrationsListed());
  }
}
