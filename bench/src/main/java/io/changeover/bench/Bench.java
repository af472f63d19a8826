package io.changeover.bench;

import java.io.IOException;
import java.util.Arrays;

/// What can be measured; each by a name.
public final class Bench {
  private Bench() {}

  /// Measures.
  ///
  /// @param args what, and then its own: see [PlannerBench] for `planner`; `jmh` takes JMH's
  ///   options
  public static void main(String[] args) throws IOException, InterruptedException {
    String what = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (what) {
      case "planner" -> PlannerBench.main(rest);
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.printf("Expected planner or jmh, got '%s'.%n%s%n", what, PlannerBench.USAGE);
        System.exit(2);
      }
    }
  }
}
