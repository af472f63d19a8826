package io.changeover.exporter.cassandra.kongyml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// Remembers the import that was started, in a file: it may outlive this service, and must not
/// write while the target is emptied.
final class ImportProcess {

  private static final String UNKNOWN = "?";

  private final Path file;

  ImportProcess(Path folder, String cluster) {
    this.file = folder.resolve(cluster + ".kong-yml.process");
  }

  /// Says that one is about to be started, so that it is known even where [#started] fails.
  void starting() throws IOException {
    write(UNKNOWN);
  }

  /// Remembers a process that was started. Never throws: somebody has to wait for its end.
  void started(ProcessHandle process) {
    try {
      write(process.pid() + " " + startOf(process));
    } catch (IOException e) {
      // What `starting` wrote says that it is not known which one runs.
      return;
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("?");
  }

  /// Forgets it, once it has ended.
  void ended() throws IOException {
    Files.deleteIfExists(file);
  }

  /// Whether the import that an earlier service has started still runs; true where that is not
  /// known.
  boolean mayRun() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    String[] words = Files.readString(file).split(" ", 2);
    try {
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> words.length < 2 || startOf(process).equals(words[1]))
          .isPresent();
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
