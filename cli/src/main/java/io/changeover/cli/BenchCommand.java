package io.changeover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    description = "Measure, for instance: bench planner --upgrades 1000 --report FILE.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int HEAP = 1536;

  /// A copy must do with little, whatever it copies.
  private static final int EXPORT_HEAP = 256;

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description = "what to measure: planner, export, or jmh with JMH's own options")
  private String what = "";

  @picocli.CommandLine.Unmatched private List<String> rest = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(what));
    arguments.addAll(rest);
    return DelegatedMain.run("bench", what.equals("export") ? EXPORT_HEAP : HEAP, arguments);
  }
}
