package io.changeover.cli.demo;

import io.changeover.cli.suite.Deployment;
import java.nio.file.Path;

/// A cluster on a Cassandra node of its own.
interface StagingOnCassandra extends Staging {
  /// Where the cluster is to be.
  ///
  /// @param cassandra the node's port
  Topology place(Path folder, int cassandra);

  @Override
  default String ground() {
    return "Kafka, PostgreSQL (for the planner) and Cassandra (for Kong)";
  }

  @Override
  default Topology build(Deployment deployment, Path folder) throws InterruptedException {
    int port = deployment.startCassandra();
    deployment.startGround(null, null);
    deployment.awaitCassandra();
    return place(folder, port);
  }
}
