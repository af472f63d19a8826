package io.changeover.sandbox.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/// Starts what serves until this process ends, such as one server for all tests of a module.
public final class ForThisProcess {

  private ForThisProcess() {}

  /// Starts a part in a temporary folder; at the end of the process it is closed, and the folder is
  /// removed.
  ///
  /// @param name how the folder's name begins
  /// @param part starts it with its data in the folder
  public static <T extends AutoCloseable> T start(String name, Function<Path, T> part) {
    try {
      Path folder = Files.createTempDirectory(name);
      T started = part.apply(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder)));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(AutoCloseable part, Path folder) {
    try {
      part.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (Exception e) {
      System.err.println("left behind: " + folder + ": " + e.getMessage());
    }
  }
}
