package io.changeover.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore-keyspace",
    description =
        "Put a backup of a Cassandra cluster back into an empty keyspace that the same version of Kong has bootstrapped.",
    mixinStandardHelpOptions = true)
final class RestoreKeyspaceCommand implements Callable<Integer> {
  private static final int HEAP = 256;

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "its name in the inventory")
  private String cluster = "";

  @Option(
      names = "--inventory",
      required = true,
      paramLabel = "DIR",
      description = "the folder of YAML files: how to reach Cassandra, and the backup's key")
  private Path inventory = Path.of("");

  @Option(
      names = "--backup",
      required = true,
      paramLabel = "DIR",
      description = "the attempt's folder with its manifest")
  private Path backup = Path.of("");

  @Option(
      names = "--keyspace",
      required = true,
      paramLabel = "NAME",
      description = "the keyspace to fill")
  private String keyspace = "";

  @Override
  public Integer call() throws InterruptedException {
    return DelegatedMain.run(
        "exporter-service",
        HEAP,
        "io.changeover.exporter.RestoreKeyspaceMain",
        List.of(
            cluster,
            "--inventory",
            inventory.toString(),
            "--backup",
            backup.toString(),
            "--keyspace",
            keyspace));
  }
}
