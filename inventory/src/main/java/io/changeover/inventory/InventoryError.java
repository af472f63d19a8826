package io.changeover.inventory;

import java.nio.file.Path;

/// One thing that is wrong in an inventory.
///
/// @param line 1 for the first; 0 when the file as a whole could not be read
/// @param path where in the document: `clusters[0].router.haproxy.runtime`
/// @param problem what is there, never a secret
/// @param expected what should be there
public record InventoryError(
    Path file, int line, int column, String path, String problem, String expected) {

  @Override
  public String toString() {
    String at = path.isEmpty() ? "" : path + ": ";
    return file + ":" + line + ":" + column + ": " + at + problem + "; expected " + expected;
  }
}
