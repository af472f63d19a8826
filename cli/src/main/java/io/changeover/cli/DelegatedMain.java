package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.suite.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Runs another module's program in a process of its own, with this terminal.
final class DelegatedMain {
  private DelegatedMain() {}

  /// Runs it to its end.
  ///
  /// @param module whose jar is run
  /// @param heap in megabytes
  /// @return its exit code
  static int run(String module, int heap, List<String> arguments) throws InterruptedException {
    Home.Program target = Home.find().program(module);
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap + "m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            target.jar().toString()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw Problem.failed("Expected to start %s, but %s".formatted(module, e.getMessage()));
    }
  }
}
