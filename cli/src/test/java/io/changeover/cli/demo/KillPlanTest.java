package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KillPlanTest {
  @Test
  void a_plan_names_what_it_still_has_to_kill() {
    assertThat(KillPlan.all(0).toString()).contains("preflight=[planner-service]");
    assertThat(KillPlan.all(1).toString()).contains("preflight=[migrator-service]");
  }

  @Test
  void a_third_is_a_third_and_the_seed_decides_which() {
    assertThat(KillPlan.third(7).left())
        .isEqualTo((KillPlan.PHASES.size() * KillPlan.SERVICES.size() + 2) / 3);
    assertThat(KillPlan.third(7)).hasToString(KillPlan.third(7).toString());
    assertThat(KillPlan.third(7).toString()).isNotEqualTo(KillPlan.third(8).toString());
  }
}
