package io.changeover.migrator.act;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// A file of rows that only this user may read, one a line. What it once held stays: a `finish`
/// that broke off half-way has deleted some of them, and the next attempt sees the others only.
final class SavedRows {

  private SavedRows() {}

  /// Adds those rows that the file does not have, whole or not at all.
  ///
  /// @return how many rows it holds now; 0 where there is none
  static long add(Path file, Collection<String> rows) throws IOException {
    Set<String> all = new LinkedHashSet<>();
    if (Files.exists(file)) {
      all.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
    }
    if (all.addAll(rows)) {
      write(file, all);
    }
    return all.size();
  }

  private static void write(Path file, Collection<String> rows) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, rows, StandardCharsets.UTF_8);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
