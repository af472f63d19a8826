package io.changeover.worker;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Waits for a condition; the machine may be busy, so it waits long.
final class Until {

  private Until() {}

  static void isTrue(String what, Supplier<Boolean> condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.get()) {
      if (Instant.now().isAfter(end)) {
        fail("Waited 30 s in vain: " + what);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
