package io.changeover.cli;

import io.changeover.inventory.InventoryCheck;
import io.changeover.inventory.SecretSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Read an inventory folder and say all that is wrong with it, or what is in it.",
    mixinStandardHelpOptions = true)
final class InventoryCheckCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "the folder of YAML files")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    return new InventoryCheck(folder, SecretSource.PROCESS).run(System.out, System.err);
  }
}
