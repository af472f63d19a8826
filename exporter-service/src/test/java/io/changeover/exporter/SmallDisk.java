package io.changeover.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real file system of a few megabytes, which a test can fill and enlarge. Only who may mount one
/// has it.
public final class SmallDisk implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// Mounts one at a new folder; the test is skipped where that is not allowed.
  public static SmallDisk mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=%dm".formatted(megabytes),
            "tmpfs",
            folder.toString()),
        "Skipped: this user may not mount a small file system to fill");
    return new SmallDisk(folder);
  }

  /// Makes room.
  public void enlarge(int megabytes) throws IOException {
    if (!run("mount", "-o", "remount,size=%dm".formatted(megabytes), folder.toString())) {
      throw new IllegalStateException("Expected to enlarge " + folder);
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", folder.toString())) {
      throw new IllegalStateException("Expected to unmount " + folder);
    }
  }
}
