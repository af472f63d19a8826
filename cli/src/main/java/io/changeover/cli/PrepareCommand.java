package io.changeover.cli;

import io.changeover.cli.suite.Archives;
import io.changeover.cli.suite.Deployment;
import io.changeover.cli.suite.Folders;
import io.changeover.cli.suite.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "prepare",
    hidden = true,
    description =
        "Start every part once and keep its loaded classes: later starts are twice as fast.",
    mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(Home.find().archives());
    Path folder = Files.createTempDirectory("changeover-prepare-");
    try (Deployment deployment =
        Deployment.open(folder.resolve("suite"), System.err::println, Archives.MAKE)) {
      Stopping.onSignal(deployment::close);
      deployment.startGround(null, null);
      deployment.startServices(Files.createDirectory(folder.resolve("inventory")), Map.of());
      deployment.awaitServices();
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }
}
