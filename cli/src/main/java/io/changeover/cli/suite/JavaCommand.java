package io.changeover.cli.suite;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The command line of a Java process of the suite: small, quick to start, and gone when its
/// starter is.
final class JavaCommand {
  private static final String LEASH = "io.changeover.sandbox.leash.Leash";

  private final Home home;
  private final Archives archives;
  private final Path temporary;

  JavaCommand(Home home, Archives archives, Path temporary) {
    this.home = home;
    this.temporary = temporary;
    this.archives = archives;
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
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary,
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(archive(name));
    command.addAll(List.of("-cp", jar + File.pathSeparator + home.leash(), LEASH, mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  /// Any command, in a process group of its own: Ctrl-C reaches a terminal's whole group, and the
  /// suite wants to stop its parts in order.
  List<String> own(String... command) {
    List<String> all = new ArrayList<>();
    if (Programs.find("setsid").isPresent()) {
      all.add("setsid");
    }
    all.addAll(List.of(command));
    return all;
  }

  /// An archive of loaded classes makes a start about twice as fast. Jars that changed since it was
  /// made only cost the gain.
  List<String> archive(String name) {
    Path file = home.archives().resolve(name + ".jsa");
    return switch (archives) {
      case MAKE -> List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable");
      case USE ->
          Files.isRegularFile(file)
              ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable")
              : List.of();
    };
  }
}
