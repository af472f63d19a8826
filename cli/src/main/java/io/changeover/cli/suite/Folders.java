package io.changeover.cli.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that are this process's own.
public final class Folders {
  private static final int TRIES = 5;

  private Folders() {}

  /// Removes a folder with all in it. A process that is just ending may still write there, so that
  /// it tries a few times and then leaves the rest.
  public static void delete(Path folder) {
    for (int i = 0; i < TRIES && Files.exists(folder); i++) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        // Something came or went meanwhile; the next try sees it as it is then.
      }
    }
  }
}
