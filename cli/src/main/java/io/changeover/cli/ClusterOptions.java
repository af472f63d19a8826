package io.changeover.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which cluster of which inventory: for what a worker's own program does with one cluster.
final class ClusterOptions {
  @Parameters(index = "0", paramLabel = "CLUSTER", description = "its name in the inventory")
  private String cluster = "";

  @Option(
      names = "--inventory",
      required = true,
      paramLabel = "DIR",
      description = "the folder of YAML files: how to reach the cluster's datastore, and its keys")
  private Path inventory = Path.of("");

  /// The same for the program that does it, before its `own` arguments.
  List<String> arguments(String... own) {
    return Stream.concat(Stream.of(cluster, "--inventory", inventory.toString()), Stream.of(own))
        .toList();
  }
}
