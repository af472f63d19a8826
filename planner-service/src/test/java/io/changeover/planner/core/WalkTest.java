package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Seeded walks, a net under the tables. A failing seed is printed; give it a test of its own.
class WalkTest {
  private static final int WALKS = Integer.getInteger("changeover.walks", 500);
  private static final int STEPS = 120;

  static Stream<Way> ways() {
    return Stream.of(null, Way.COPY, Way.DUMP, Way.KONG_YML);
  }

  @ParameterizedTest(name = "by {0}")
  @MethodSource("ways")
  void every_walk_keeps_the_invariants_and_ends(@Nullable Way way) {
    Set<String> ends = new TreeSet<>();
    for (long seed = 1; seed <= WALKS; seed++) {
      ends.add(walk(seed, way));
    }
    assertThat(ends).contains("finished", "rolled-back");
  }

  @Test
  void the_same_seed_walks_the_same_way() {
    assertThat(new Walk(17, null).run(STEPS)).isEqualTo(new Walk(17, null).run(STEPS));
    assertThat(new Walk(17, Way.DUMP).run(STEPS)).isEqualTo(new Walk(17, Way.DUMP).run(STEPS));
  }

  private static String walk(long seed, @Nullable Way way) {
    try {
      return new Walk(seed, way).run(STEPS).stage();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Walk of seed " + seed + " by " + way + " failed: " + e.getMessage(), e);
    }
  }
}
