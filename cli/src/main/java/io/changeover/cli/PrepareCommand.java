package io.changeover.cli;

import io.changeover.cli.demo.StandInWarmth;
import io.changeover.cli.suite.Archives;
import io.changeover.cli.suite.Deployment;
import io.changeover.cli.suite.Folders;
import io.changeover.cli.suite.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "prepare",
    hidden = true,
    description =
        "Start every part once and keep its loaded classes: later starts are twice as fast.",
    mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Files.createDirectories(Home.find().archives());
    Path folder = Files.createTempDirectory("changeover-prepare-");
    try (Deployment deployment =
        Deployment.open(folder.resolve("suite"), line -> err.println(line), Archives.MAKE)) {
      Stopping.onSignal(deployment::close);
      int cassandra = deployment.startCassandra();
      deployment.startGround(null, null);
      deployment.startServices(Files.createDirectory(folder.resolve("inventory")), Map.of());
      deployment.awaitServices();
      deployment.awaitCassandra();
      StandInWarmth.prepare(Home.find(), folder, deployment.postgresPort(), cassandra);
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }
}
