package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The whole suite as processes on a cluster whose green side gets a keyspace of its own. The
/// verdict looks at both keyspaces row by row, and at the frozen Admin API meanwhile.
class KeyspaceSuiteIT {
  @BeforeAll
  static void on_haproxy() {
    Machine.wants("haproxy");
  }

  @Test
  void a_cluster_on_cassandra_gets_a_keyspace_of_its_own() throws InterruptedException {
    try (Demo demo = new Demo(Demo.Setting.of(Scenario.CASSANDRA, Injection.NONE, false))) {
      boolean holds = demo.run(Optional.empty());
      assertThat(holds)
          .as("the checks above; what the processes said is kept in %s", demo.keepLogs())
          .isTrue();
    }
  }
}
