package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.demo.KillPlan.Pair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillPlanTest {
  @Test
  void a_third_is_a_third_and_the_seed_decides_which() {
    List<Pair> seven = KillPlan.third(7, KillPlan.PHASES).planned();

    assertThat(seven).hasSize((KillPlan.PHASES.size() * KillPlan.SERVICES.size() + 2) / 3);
    assertThat(KillPlan.third(7, KillPlan.PHASES).planned()).isEqualTo(seven);
    assertThat(KillPlan.third(8, KillPlan.PHASES).planned()).isNotEqualTo(seven);
  }

  @Test
  void runs_with_one_service_in_each_phase_cover_every_pair() {
    List<Pair> left = new ArrayList<>(KillPlan.pairs(KillPlan.PHASES));
    for (int run = 0; run < KillPlan.SERVICES.size(); run++) {
      KillPlan plan = KillPlan.oneOfEach(left);
      assertThat(plan.planned()).extracting(Pair::phase).doesNotHaveDuplicates();
      left.removeAll(plan.planned());
    }
    assertThat(left).isEmpty();
  }
}
