package io.changeover.planner.core;

import java.time.Duration;

/// Exponential back-off with jitter from a recorded seed: the same seed gives the same wait.
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 20;

  private Backoff() {}

  /// How long to wait after so many tries: between half and all of `base` doubled with each try,
  /// never above ten minutes.
  static Duration after(int tries, Duration base, long seed) {
    int doublings = Math.min(Math.max(0, tries - 1), MOST_DOUBLINGS);
    Duration full = base.multipliedBy(1L << doublings);
    long most = Math.min(full.toMillis(), LONGEST.toMillis());
    long half = most / 2;
    return Duration.ofMillis(most - Math.floorMod(mix(seed), half + 1));
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014), so that near seeds give far waits.
  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
