package io.changeover.worker.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// An empty prefix for one call. Kong reads `<prefix>/.kong_env` where it finds one, and believes
/// it more than the configuration file it is given.
final class PrivatePrefix implements AutoCloseable {

  private final String folder;
  private final boolean here;

  private PrivatePrefix(String folder, boolean here) {
    this.folder = folder;
    this.here = here;
  }

  /// A fresh folder here, or a fresh name where the command runs elsewhere.
  static PrivatePrefix open(Reach reach) throws IOException {
    return switch (reach) {
      case LOCAL ->
          new PrivatePrefix(Files.createTempDirectory("changeover-kong-").toString(), true);
      case CONTAINER, SUDO, REMOTE ->
          new PrivatePrefix("/tmp/changeover-kong-" + UUID.randomUUID(), false);
    };
  }

  String folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (!here) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
