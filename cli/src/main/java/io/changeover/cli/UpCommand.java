package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.suite.Deployment;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.LoadResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = "Run the suite on this machine until Ctrl-C: Kafka, PostgreSQL and the services.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--inventory",
      required = true,
      paramLabel = "DIR",
      description = "the folder of YAML files that describes the clusters")
  private Path inventory = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "changeover-data",
      description = "where everything is kept (default: ${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "use this Kafka instead of an embedded one")
  private @Nullable String kafka;

  @Option(
      names = "--postgres",
      paramLabel = "JDBC-URL",
      description =
          "use this database for the planner instead of an embedded one; user and password from"
              + " $DATASOURCES_DEFAULT_USERNAME and $DATASOURCES_DEFAULT_PASSWORD")
  private @Nullable String postgres;

  @Override
  public Integer call() throws InterruptedException {
    check();
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    CountDownLatch never = new CountDownLatch(1);
    Deployment deployment =
        Deployment.open(
            data,
            line -> {
              out.println(line);
              out.flush();
            });
    Stopping.onSignal(deployment::close);
    try (deployment) {
      deployment.start(inventory, kafka, postgres);
      deployment.describe().forEach(out::println);
      out.println("Ctrl-C stops all; the data stays in " + data.toAbsolutePath());
      out.flush();
      never.await();
    }
    return 0;
  }

  private void check() {
    Passwords.refuse("--postgres", postgres, "$DATASOURCES_DEFAULT_PASSWORD");
    if (!Files.isDirectory(inventory)) {
      throw Problem.usage(
          "Expected --inventory to be a folder of YAML files, but %s is none".formatted(inventory));
    }
    switch (Inventory.load(inventory)) {
      case LoadResult.Loaded _ -> {
        // The services read it themselves; here it is only held to its form.
      }
      case LoadResult.Invalid(var errors, var _) ->
          throw Problem.usage(
              "Expected a sound inventory in %s, but:%n%s"
                  .formatted(
                      inventory,
                      String.join("\n", errors.stream().map(Object::toString).toList())));
    }
  }
}
