package io.changeover.cli.suite;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of this machine.
public final class Programs {
  private Programs() {}

  /// A program on PATH, or in one of the folders for administrators, which are often not on it.
  public static Optional<Path> find(String name) {
    return Stream.concat(onPath(), Stream.of("/usr/sbin", "/usr/local/sbin", "/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<String> onPath() {
    String path = System.getenv("PATH");
    return path == null ? Stream.empty() : Stream.of(path.split(File.pathSeparator, -1));
  }
}
