package io.changeover.traffic.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for conditions.
public final class Eventually {

  private static final Duration LONG = Duration.ofSeconds(60);

  private Eventually() {}

  /// Returns when the condition holds; fails after a minute.
  public static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        throw new AssertionError("While waiting for " + what, e);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited " + LONG.toSeconds() + " s in vain for " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
