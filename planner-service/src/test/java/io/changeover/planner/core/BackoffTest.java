package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration BASE = Duration.ofSeconds(8);

  @Test
  void waits_lie_between_half_and_all_of_the_doubled_base() {
    for (int tries = 1; tries <= 5; tries++) {
      Duration full = BASE.multipliedBy(1L << (tries - 1));
      for (long seed = 0; seed < 200; seed++) {
        assertThat(Backoff.after(tries, BASE, seed)).isBetween(full.dividedBy(2), full);
      }
    }
  }

  @Test
  void waits_never_exceed_ten_minutes() {
    for (int tries : new int[] {8, 21, 22, 1000, Integer.MAX_VALUE}) {
      assertThat(Backoff.after(tries, BASE, 3))
          .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
  }

  @Test
  void the_same_seed_gives_the_same_wait_and_others_spread() {
    assertThat(Backoff.after(2, BASE, 42)).isEqualTo(Backoff.after(2, BASE, 42));
    Set<Duration> waits = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      waits.add(Backoff.after(2, BASE, seed));
    }
    assertThat(waits).hasSizeGreaterThan(90);
  }

  /// Recorded seeds must give the recorded waits in every later version.
  @Test
  void waits_of_old_journals_stay() {
    assertThat(Backoff.after(1, BASE, 0)).isEqualTo(Duration.ofMillis(6947));
    assertThat(Backoff.after(3, BASE, -1)).isEqualTo(Duration.ofMillis(30747));
    assertThat(Backoff.after(0, Duration.ZERO, 5)).isEqualTo(Duration.ZERO);
  }
}
