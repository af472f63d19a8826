package io.changeover.cli.demo;

import io.changeover.cli.suite.Deployment;
import java.nio.file.Path;

/// A cluster whose database is on the PostgreSQL that the planner has its own on.
interface StagingOnPostgres extends Staging {
  /// Where the cluster is to be.
  ///
  /// @param postgres the server's port
  Topology place(Path folder, int postgres);

  @Override
  default String ground() {
    return "Kafka and PostgreSQL";
  }

  @Override
  default Topology build(Deployment deployment, Path folder) throws InterruptedException {
    deployment.startGround(null, null);
    return place(folder, deployment.postgresPort());
  }
}
