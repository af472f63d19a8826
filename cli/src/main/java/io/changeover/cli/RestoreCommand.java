package io.changeover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

@Command(
    name = "restore",
    description = "Put a backup back into an empty schema; the arguments are the exporter's.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  private static final int HEAP = 128;

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("restore"));
    all.addAll(arguments);
    return DelegatedMain.run("exporter-service", HEAP, all);
  }
}
