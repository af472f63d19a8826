package io.changeover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "restore-keyspace",
    description =
        "Put a backup of a Cassandra cluster back into an empty keyspace that the same version of Kong has bootstrapped.",
    mixinStandardHelpOptions = true)
final class RestoreKeyspaceCommand implements Callable<Integer> {
  private static final int HEAP = 256;

  @Mixin private ClusterOptions of = new ClusterOptions();

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
        of.arguments("--backup", backup.toString(), "--keyspace", keyspace));
  }
}
