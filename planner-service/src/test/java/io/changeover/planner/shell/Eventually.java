package io.changeover.planner.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for a condition, generously: the machine is busy.
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);

  private Eventually() {}

  static <T> T until(Callable<T> probe, Predicate<T> holds, Supplier<String> otherwise) {
    Instant deadline = Instant.now().plus(PATIENCE);
    try {
      T value = probe.call();
      while (!holds.test(value)) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError(
              "Within %s: %s; last seen: %s".formatted(PATIENCE, otherwise.get(), value));
        }
        Thread.sleep(POLL);
        value = probe.call();
      }
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void until(Callable<Boolean> holds, String otherwise) {
    until(holds, value -> value, () -> otherwise);
  }
}
