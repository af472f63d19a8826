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

  /// Runs the main class of the module's jar to its end.
  ///
  /// @param module whose jar is run
  /// @param heap in megabytes
  /// @return its exit code
  static int run(String module, int heap, List<String> arguments) throws InterruptedException {
    return start(module, heap, "-jar", List.of(), arguments);
  }

  /// Runs another class of the module's jar to its end.
  ///
  /// @param main the class
  static int run(String module, int heap, String main, List<String> arguments)
      throws InterruptedException {
    return start(module, heap, "-cp", List.of(main), arguments);
  }

  private static int start(
      String module, int heap, String how, List<String> main, List<String> arguments)
      throws InterruptedException {
    Home home = Home.find();
    Home.Program target = home.program(module);
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap + "m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dchangeover.home=" + home.root(),
            how,
            target.jar().toString()));
    command.addAll(main);
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw Problem.failed("Expected to start %s, but %s".formatted(module, e.getMessage()));
    }
  }
}
