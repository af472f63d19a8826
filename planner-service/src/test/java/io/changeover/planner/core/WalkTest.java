package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Seeded walks, a net under the tables. A failing seed is printed; give it a test of its own.
class WalkTest {
  private static final int WALKS = Integer.getInteger("changeover.walks", 500);
  private static final int STEPS = 120;

  @Test
  void every_walk_keeps_the_invariants_and_ends() {
    Set<String> ends = new TreeSet<>();
    for (long seed = 1; seed <= WALKS; seed++) {
      ends.add(walk(seed));
    }
    assertThat(ends).contains("finished", "rolled-back");
  }

  @Test
  void the_same_seed_walks_the_same_way() {
    assertThat(new Walk(17).run(STEPS)).isEqualTo(new Walk(17).run(STEPS));
  }

  private static String walk(long seed) {
    try {
      return new Walk(seed).run(STEPS).stage();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Walk of seed " + seed + " failed: " + e.getMessage(), e);
    }
  }
}
