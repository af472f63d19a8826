package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole suite as processes on a cluster under load, and services that are killed with -9 in
/// every phase. The demo's own verdict holds it to the end: FINISHED, no request failed, blue
/// stopped, the journal equal to the stored state.
class SuiteIT {
  private static final long SEED = Long.getLong("changeover.kill.seed", 20261125L);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(8);

  /// The demo takes HAProxy where it is, and says nothing where it is not.
  @BeforeAll
  static void on_haproxy() {
    Machine.wants("haproxy");
  }

  @Test
  void a_third_of_all_kills_changes_nothing() throws InterruptedException {
    System.out.println("kills are chosen with -Dchangeover.kill.seed=" + SEED);
    KillPlan plan = KillPlan.third(SEED);
    assertThat(upgrades(plan)).as(plan.toString()).isTrue();
    assertThat(plan.left()).as(plan.toString()).isZero();
  }

  /// The verdict looks at both keyspaces row by row, and at the frozen Admin API meanwhile.
  @Test
  void a_cluster_on_cassandra_gets_a_keyspace_of_its_own() throws InterruptedException {
    assertThat(
            upgrades(
                new Demo.Setting(
                    Scenario.CASSANDRA,
                    Injection.NONE,
                    false,
                    SILENCE.multipliedBy(4),
                    LONGEST,
                    (timeline, _) -> timeline.entries())))
        .isTrue();
  }

  @Test
  @Tag("deep")
  void a_copy_survives_a_third_of_all_deaths() throws InterruptedException {
    KillPlan plan = KillPlan.third(SEED, KillPlan.COPY_PHASES);
    assertThat(
            upgrades(
                new Demo.Setting(
                    Scenario.CASSANDRA, Injection.NONE, false, SILENCE, LONGEST, plan::look)))
        .as(plan.toString())
        .isTrue();
    assertThat(plan.left()).as(plan.toString()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("deep")
  void every_service_may_die_in_every_phase(int run) throws InterruptedException {
    KillPlan plan = KillPlan.all(run);
    assertThat(upgrades(plan)).as(plan.toString()).isTrue();
    assertThat(plan.left()).as(plan.toString()).isZero();
  }

  private static boolean upgrades(KillPlan plan) throws InterruptedException {
    return upgrades(new Demo.Setting(Injection.NONE, false, SILENCE, LONGEST, plan::look));
  }

  private static boolean upgrades(Demo.Setting setting) throws InterruptedException {
    try (Demo demo = new Demo(setting)) {
      boolean holds = demo.run(Optional.empty());
      if (!holds) {
        System.out.println("what the processes said is kept in " + demo.keepLogs());
      }
      return holds;
    }
  }
}
