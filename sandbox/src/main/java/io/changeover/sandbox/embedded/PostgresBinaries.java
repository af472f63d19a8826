package io.changeover.sandbox.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/// The folder of unpacked PostgreSQL programs, once per user: `changeover.cache` or
/// `~/.cache/changeover`.
///
/// zonky's own guard lets two processes unpack at once and never repairs a folder whose unpacking
/// was killed; both happen when a suite starts several servers, so the first start is alone here
/// and begins with an empty folder.
final class PostgresBinaries {
  private static final String UNPACKED = ".exists";
  private static final String PACKED = "/postgres-linux-x86_64.txz";

  private PostgresBinaries() {}

  /// What starts a server once the folder may be used.
  interface Launch {
    EmbeddedPostgres from(Path binaries) throws IOException;
  }

  static synchronized EmbeddedPostgres use(Launch launch) throws IOException {
    Path folder = Files.createDirectories(cache().resolve("postgres")).toAbsolutePath();
    if (unpacked(folder)) {
      return launch.from(folder);
    }
    try (FileChannel channel =
            FileChannel.open(
                folder.resolveSibling("postgres.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      Objects.requireNonNull(alone);
      if (!unpacked(folder)) {
        empty(folder);
      }
      return launch.from(folder);
    }
  }

  /// The programs as they are packed in the one artifact that the build names. zonky's own search
  /// fails when the class path leads to it twice, which it does wherever a jar's manifest names it.
  static InputStream packed() {
    return Objects.requireNonNull(
        PostgresBinaries.class.getResourceAsStream(PACKED),
        () ->
            "Expected " + PACKED + " on the class path: PostgreSQL's programs for Linux on x86-64");
  }

  private static Path cache() {
    String named = System.getProperty("changeover.cache");
    return named == null
        ? Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".cache", "changeover")
        : Path.of(named);
  }

  private static boolean unpacked(Path folder) throws IOException {
    try (Stream<Path> versions = Files.list(folder)) {
      return versions.anyMatch(version -> Files.exists(version.resolve(UNPACKED)));
    }
  }

  static void empty(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }
}
