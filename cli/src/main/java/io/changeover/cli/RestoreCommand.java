package io.changeover.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "restore",
    description = "Put a backup back into an empty schema; the password comes from $PGPASSWORD.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  private static final int HEAP = 128;

  @Option(
      names = "--backup",
      required = true,
      paramLabel = "DIR",
      description = "the attempt's folder with its manifest.json")
  private Path backup = Path.of("");

  @Option(
      names = "--url",
      required = true,
      paramLabel = "JDBC-URL",
      description = "the database, jdbc:postgresql://HOST:PORT/DATABASE")
  private URI url = URI.create("");

  @Option(
      names = "--user",
      required = true,
      paramLabel = "NAME",
      description = "the role that shall own the tables")
  private String user = "";

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "the empty schema (default: the backup's own)")
  private @Nullable String schema;

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--backup", backup.toString(), "--url", url.toString(), "--user", user));
    if (schema != null) {
      arguments.addAll(List.of("--schema", schema));
    }
    return DelegatedMain.run(
        "exporter-service", HEAP, "io.changeover.exporter.RestoreMain", arguments);
  }
}
