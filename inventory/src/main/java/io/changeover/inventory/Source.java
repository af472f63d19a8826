package io.changeover.inventory;

import java.nio.file.Path;

/// Where something stands in the inventory.
///
/// @param line 1 for the first
public record Source(Path file, int line) {

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
