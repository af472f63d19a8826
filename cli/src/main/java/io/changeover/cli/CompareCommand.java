package io.changeover.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description =
        "Compare the two keyspaces of a Cassandra cluster, row by row; changes nothing. Exits with 0 when they hold the same, 1 when not, 2 when they could not be read.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  private static final int HEAP = 256;

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "its name in the inventory")
  private String cluster = "";

  @Option(
      names = "--inventory",
      required = true,
      paramLabel = "DIR",
      description = "the folder of YAML files")
  private Path inventory = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    return DelegatedMain.run(
        "exporter-service",
        HEAP,
        "io.changeover.exporter.CompareMain",
        List.of(cluster, "--inventory", inventory.toString()));
  }
}
