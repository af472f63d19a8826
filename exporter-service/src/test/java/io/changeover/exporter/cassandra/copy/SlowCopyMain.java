package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Sides;
import io.changeover.inventory.CopyPolicy;
import java.io.IOException;
import java.nio.file.Path;

/// A copy at 200 rows a second in a process of its own, to be killed.
final class SlowCopyMain {

  private SlowCopyMain() {}

  /// Copies.
  ///
  /// @param args port, both keyspaces, folder
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[0]);
    CopyPolicy all = Kong.policy(Path.of(args[3]));
    CopyPolicy slow =
        new CopyPolicy(
            all.way(),
            all.export(),
            all.leave(),
            all.include(),
            all.weightZeroTargets(),
            all.expiring(),
            all.inFlight(),
            all.ranges(),
            0,
            200,
            all.folder(),
            all.artifacts(),
            all.key());
    try (Sides sides = new Sides(Kong.store(args[1], port), Kong.store(args[2], port))) {
      sides.copy(slow);
    }
  }
}
