package io.changeover.cli.suite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The command line of a Java process of the suite: small, quick to start, and gone when its starter is.
final class JavaCommand {
  private static final String LEASH = "io.changeover.sandbox.leash.Leash";

  private final Home home;

  JavaCommand(Home home) {
    this.home = home;
  }

  /// @param name names the archive of loaded classes
  /// @param heap in megabytes
  List<String> of(String name, Path jar, String mainClass, int heap, String... arguments) {
    List<String> command =
        new ArrayList<>(
            own(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                    .toString()));
    command.addAll(
        List.of(
            "-Xmx" + heap + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(archive(name));
    command.addAll(List.of("-cp", jar + File.pathSeparator + home.leash(), LEASH, mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  /// Any command, in a process group of its own: Ctrl-C reaches a terminal's whole group, and the suite wants to stop
  /// its parts in order.
  List<String> own(String... command) {
    List<String> all = new ArrayList<>();
    if (Programs.find("setsid").isPresent()) {
      all.add("setsid");
    }
    all.addAll(List.of(command));
    return all;
  }

  /// The JVM makes the archive when it ends for the first time, and again when the jars have changed.
  private List<String> archive(String name) {
    try {
      Path folder = Files.createDirectories(home.archives());
      return Files.isWritable(folder)
          ? List.of(
              "-XX:+AutoCreateSharedArchive",
              "-XX:SharedArchiveFile=" + folder.resolve(name + ".jsa"),
              "-Xlog:disable",
              "-Xlog:all=error:stderr")
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
