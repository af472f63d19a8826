package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Seeded walks, a net under the tables. A failing seed is printed; give it a test of its own.
class WalkTest {
  private static final int WALKS = Integer.getInteger("changeover.walks", 250);
  private static final int STEPS = 120;

  @ParameterizedTest
  @EnumSource(Course.class)
  void every_walk_keeps_the_invariants_and_ends(Course course) {
    Set<String> ends = new TreeSet<>();
    for (long seed = 1; seed <= WALKS; seed++) {
      ends.add(walk(seed, course));
    }
    assertThat(ends).contains("finished", "rolled-back");
  }

  @ParameterizedTest
  @EnumSource(Course.class)
  void the_same_seed_walks_the_same_way(Course course) {
    assertThat(new Walk(17, course).run(STEPS)).isEqualTo(new Walk(17, course).run(STEPS));
  }

  private static String walk(long seed, Course course) {
    try {
      return new Walk(seed, course).run(STEPS).stage();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Walk of seed " + seed + " by " + course + " failed: " + e.getMessage(), e);
    }
  }
}
