package io.changeover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "compare",
    description =
        "Compare the two keyspaces of a Cassandra cluster, row by row; changes nothing. Exits with 0 when they hold the same, 1 when not, 2 when they could not be read.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  private static final int HEAP = 256;

  @Mixin private ClusterOptions of = new ClusterOptions();

  @Override
  public Integer call() throws InterruptedException {
    return DelegatedMain.run(
        "exporter-service", HEAP, "io.changeover.exporter.CompareMain", of.arguments());
  }
}
