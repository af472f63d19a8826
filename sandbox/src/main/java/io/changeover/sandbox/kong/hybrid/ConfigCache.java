package io.changeover.sandbox.kong.hybrid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// `<prefix>/config.cache.json.gz`: the last configuration that a data plane has applied.
final class ConfigCache {
  private final Path file;
  private final Generation generation;

  ConfigCache(Path prefix, Generation generation) {
    this.file = prefix.resolve("config.cache.json.gz");
    this.generation = generation;
  }

  Path file() {
    return file;
  }

  /// Makes the file empty if it is not there, as 2.2 does when it starts.
  void create() throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
      permit();
    }
  }

  /// What was written last; an empty file is no configuration.
  Optional<String> read() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.empty();
    }
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  void write(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(file, bytes.toByteArray());
    permit();
  }

  private void permit() throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(generation.cachePermissions()));
  }
}
