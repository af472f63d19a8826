package io.changeover.planner.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.planner.core.Plan;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PlanBytesTest {
  private final PlanBytes plans = new PlanBytes();

  @Test
  void equal_bytes_give_the_same_plan_and_that_plan_its_bytes() {
    Plan plan = plan(1);
    ByteBuffer bytes = plans.of(plan);
    assertThat(plans.plan(bytes)).isSameAs(plan);
    assertThat(plans.of(plan)).isEqualTo(bytes);
    assertThat(new PlanBytes().plan(bytes)).isEqualTo(plan).isNotSameAs(plan);
  }

  @Test
  void what_is_forgotten_is_encoded_again_to_the_same_bytes() {
    Plan plan = plan(1);
    ByteBuffer bytes = plans.of(plan);
    for (int seed = 2; seed < 1200; seed++) {
      plans.of(plan(seed));
    }
    assertThat(plans.plan(bytes)).isEqualTo(plan).isNotSameAs(plan);
    assertThat(plans.of(plan)).isEqualTo(bytes);
  }

  @Test
  void other_bytes_are_unreadable() {
    ByteBuffer lunch = ByteBuffer.wrap(new byte[] {1, 2, 3});
    assertThatThrownBy(() -> plans.plan(lunch)).isInstanceOf(UnreadableRecord.class);
  }

  private static Plan plan(int seed) {
    return (Plan) new Instances(seed, true).of(Plan.class);
  }
}
