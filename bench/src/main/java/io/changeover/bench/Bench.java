package io.changeover.bench;

import io.changeover.bench.export.ExportBench;
import java.io.IOException;
import java.util.Arrays;

/// What can be measured; each by a name.
public final class Bench {
  private Bench() {}

  /// Measures.
  ///
  /// @param args what, and then its own: see [PlannerBench] for `planner`, [ExportBench] for
  ///   `export`; `jmh` takes JMH's options
  public static void main(String[] args) throws IOException, InterruptedException {
    String what = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (what) {
      case "planner" -> PlannerBench.main(rest);
      case "export" -> ExportBench.main(rest);
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.printf(
            "Expected planner, export or jmh, got '%s'.%n%s%n%s%n",
            what, PlannerBench.USAGE, ExportBench.USAGE);
        System.exit(2);
      }
    }
  }
}
