package io.changeover.cli.demo;

import io.changeover.cli.suite.DataFolder;
import io.changeover.cli.suite.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The demo's temporary folder. What a killed demo left behind goes when the next one starts.
final class DemoFolder {
  private static final String NAME = "changeover-demo-";
  private static final int QUIET_LOOKS = 2;
  private static final Duration LOOK = Duration.ofMillis(50);

  private DemoFolder() {}

  static Path create() {
    try {
      sweep();
      return Files.createTempDirectory(NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The suite's part of the folder.
  static Path suite(Path folder) {
    return folder.resolve("suite");
  }

  /// Kills every process that was started with a path in the folder, and those that come while it
  /// does.
  static void endAll(Path folder) {
    for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
      List<ProcessHandle> left =
          ProcessHandle.allProcesses().filter(process -> mentions(process, folder)).toList();
      if (!left.isEmpty()) {
        left.forEach(ProcessHandle::destroyForcibly);
        quiet = 0;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static boolean mentions(ProcessHandle process, Path folder) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .contains(folder + "/");
    } catch (IOException e) {
      return false;
    }
  }

  private static void sweep() throws IOException {
    Path temporary = Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir")));
    try (Stream<Path> all = Files.list(temporary)) {
      for (Path folder :
          all.filter(path -> path.getFileName().toString().startsWith(NAME)).toList()) {
        sweep(folder);
      }
    }
  }

  /// Does nothing to a folder that a running demo holds.
  private static void sweep(Path folder) {
    if (!Files.isDirectory(suite(folder))) {
      return;
    }
    try (DataFolder taken = DataFolder.take(suite(folder))) {
      taken.clear();
      endAll(folder);
    } catch (IllegalStateException e) {
      return;
    }
    Folders.delete(folder);
  }

  /// Copies what the processes said, replacing what was there.
  static void copyLogs(Path folder, Path to) {
    Folders.delete(to);
    try (Stream<Path> logs = Files.list(suite(folder).resolve("logs"))) {
      Files.createDirectories(to);
      for (Path log : logs.toList()) {
        Files.copy(log, to.resolve(log.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
