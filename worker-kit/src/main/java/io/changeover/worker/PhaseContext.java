package io.changeover.worker;

import io.changeover.inventory.Cluster;
import io.changeover.messages.PhaseCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What a work knows of its command, and how it speaks while it works.
public interface PhaseContext {

  /// The command.
  PhaseCommand command();

  /// What the worker's inventory says of the command's cluster, as it was when the command was
  /// accepted.
  Cluster cluster();

  /// Reports what is observed so far; the heartbeats repeat it.
  void progress(Map<String, String> facts);

  /// Whether somebody wants the work to stop: a newer command, a rebalance or a shutdown.
  boolean cancelled();

  /// When the planner stops waiting.
  Instant deadline();

  /// Call it right before each effect on the real system.
  ///
  /// @throws SupersededException when the work was cancelled or the planner no longer waits for it
  void ensureCurrent() throws SupersededException;

  /// The time.
  Clock clock();

  /// Waits, and returns at once when the work is cancelled.
  ///
  /// @return whether the whole time has passed; false when the work was cancelled
  default boolean pause(Duration duration) throws InterruptedException {
    Instant until = Instant.now().plus(duration);
    while (!cancelled()) {
      long left = Duration.between(Instant.now(), until).toMillis();
      if (left <= 0) {
        return true;
      }
      Thread.sleep(Math.min(left, 50));
    }
    return false;
  }
}
