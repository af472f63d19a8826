package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole suite as processes on a cluster whose green side gets a keyspace of its own. The
/// verdict looks at both keyspaces row by row, and at the frozen Admin API meanwhile.
class KeyspaceSuiteIT {
  @BeforeAll
  static void on_haproxy() {
    Machine.wants("haproxy");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("deep")
  void a_cluster_on_cassandra_gets_a_keyspace_of_its_own(CopyWay way) throws InterruptedException {
    upgrades(way);
  }

  private static void upgrades(CopyWay way) throws InterruptedException {
    try (Demo demo = new Demo(Demo.Setting.of(Scenario.CASSANDRA, way, Injection.NONE, false))) {
      boolean holds = demo.run(Optional.empty());
      assertThat(holds)
          .as("the checks above; what the processes said is kept in %s", demo.keepLogs())
          .isTrue();
    }
  }
}
