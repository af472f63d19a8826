package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole suite as processes on a cluster under load, and services that are killed with -9 in
/// every phase. The demo's own verdict holds it to the end: FINISHED, no request failed, blue
/// stopped, the journal equal to the stored state.
class SuiteIT {
  private static final long SEED = Long.getLong("changeover.kill.seed", 20261125L);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(8);
  private static final int MOST_RUNS = 10;

  /// The demo takes HAProxy where it is, and says nothing where it is not.
  @BeforeAll
  static void on_haproxy() {
    Machine.wants("haproxy");
  }

  @Test
  void a_third_of_all_kills_changes_nothing() throws InterruptedException {
    System.out.println("kills are chosen with -Dchangeover.kill.seed=" + SEED);
    KillPlan plan = KillPlan.third(SEED, KillPlan.PHASES);
    assertThat(upgrades(Scenario.POSTGRES, Injection.NONE, plan)).as(plan.toString()).isTrue();
    mostly(plan);
  }

  @Test
  @Tag("deep")
  void a_copy_survives_a_third_of_all_deaths() throws InterruptedException {
    KillPlan plan = KillPlan.third(SEED, KillPlan.COPY_PHASES);
    assertThat(upgrades(Scenario.CASSANDRA, Injection.NONE, plan)).as(plan.toString()).isTrue();
    mostly(plan);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("deep")
  void whatever_the_cluster_a_death_in_each_phase_changes_nothing(Scenario scenario)
      throws InterruptedException {
    KillPlan plan = KillPlan.oneInEachPhase(SEED);
    assertThat(upgrades(scenario, Injection.NONE, plan)).as(plan.toString()).isTrue();
    mostly(plan);
  }

  @Test
  @Tag("deep")
  void every_service_may_die_in_every_phase() throws InterruptedException {
    all(Scenario.POSTGRES, Injection.NONE, KillPlan.PHASES);
  }

  @Test
  @Tag("deep")
  void every_service_may_die_in_every_phase_of_a_copy() throws InterruptedException {
    all(Scenario.CASSANDRA, Injection.NONE, KillPlan.COPY_PHASES);
  }

  @Test
  @Tag("deep")
  void every_service_may_die_in_every_phase_of_a_rollback() throws InterruptedException {
    all(Scenario.POSTGRES, Injection.GREEN_ERRORS, KillPlan.ROLLBACK_PHASES);
  }

  /// A phase may end before a service that was killed in the one before is there again.
  private static void mostly(KillPlan plan) {
    assertThat(plan.killed())
        .as(plan.toString())
        .hasSizeGreaterThanOrEqualTo(plan.planned().size() * 3 / 4);
  }

  private static void all(Scenario scenario, Injection injection, List<String> phases)
      throws InterruptedException {
    List<KillPlan.Pair> left = new ArrayList<>(KillPlan.pairs(phases));
    for (int run = 0; run < MOST_RUNS && !left.isEmpty(); run++) {
      KillPlan plan = KillPlan.oneOfEach(left);
      assertThat(upgrades(scenario, injection, plan)).as(plan.toString()).isTrue();
      left.removeAll(plan.killed());
    }
    assertThat(left).isEmpty();
  }

  private static boolean upgrades(Scenario scenario, Injection injection, KillPlan plan)
      throws InterruptedException {
    var setting = new Demo.Setting(scenario, injection, false, SILENCE, LONGEST, plan::look);
    try (Demo demo = new Demo(setting)) {
      boolean holds = demo.run(Optional.empty());
      if (!holds) {
        System.out.println("what the processes said is kept in " + demo.keepLogs());
      }
      return holds;
    }
  }
}
