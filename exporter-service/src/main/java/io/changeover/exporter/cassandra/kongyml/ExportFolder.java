package io.changeover.exporter.cassandra.kongyml;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where Kong exports to: a folder of its own, 0700, since the file holds every credential in clear
/// and gets whatever rights Kong gives it. It is new for every attempt, because Kong refuses a file
/// that is there, and an export that outlived its service may still write to an older one.
final class ExportFolder implements AutoCloseable {

  private static final String NAME = "db_export-";

  private final Path folder;

  private ExportFolder(Path folder) {
    this.folder = folder;
  }

  /// A new one; those of attempts that were killed are removed.
  static ExportFolder make(Path parent) throws IOException {
    Files.createDirectories(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryStream<Path> older = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path one : older) {
        remove(one);
      }
    }
    return new ExportFolder(Files.createTempDirectory(parent, NAME));
  }

  /// What Kong shall write; not there yet.
  Path file() {
    return folder.resolve("kong.yml");
  }

  @Override
  public void close() throws IOException {
    remove(folder);
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
