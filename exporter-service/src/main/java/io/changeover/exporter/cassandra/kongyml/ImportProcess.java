package io.changeover.exporter.cassandra.kongyml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/// Remembers the import that was started, in a file: it may outlive this service, and must not
/// write while the target is emptied.
final class ImportProcess {

  private final Path file;

  ImportProcess(Path folder, String cluster) {
    this.file = folder.resolve(cluster + ".kong-yml.process");
  }

  /// Remembers a process that was started.
  void started(ProcessHandle process) {
    String text = process.pid() + " " + startOf(process);
    try {
      Files.writeString(
          file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("?");
  }

  /// Forgets it, once it has ended.
  void ended() throws IOException {
    Files.deleteIfExists(file);
  }

  /// The import that an earlier service has started, while it runs.
  Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] words = Files.readString(file).split(" ", 2);
    try {
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> words.length > 1 && startOf(process).equals(words[1]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
