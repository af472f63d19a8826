package io.changeover.cli.suite;

import io.changeover.sandbox.embedded.FreePorts;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.stream.Stream;

/// What a suite keeps: data, logs, ports and who runs. One suite at a time uses a folder.
///
/// | file | what |
/// |---|---|
/// | `lock` | held while a suite runs |
/// | `ports.properties` | the ports, the same after every start |
/// | `logs/NAME.log` | what each process said |
/// | `run/NAME.pid` | each process, so that the next start can clear what a kill left |
public final class DataFolder implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /// Takes the folder, making it where it is missing.
  ///
  /// @throws IllegalStateException when another suite uses it
  public static DataFolder take(Path root) {
    try {
      Path folder = root.toAbsolutePath().normalize();
      Files.createDirectories(folder.resolve("logs"));
      Files.createDirectories(folder.resolve("run"));
      Files.createDirectories(folder.resolve("tmp"));
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new IllegalStateException(
            "Expected %s to be free, but another suite uses it; stop that one or name another folder with --data"
                .formatted(folder));
      }
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected to use %s as the data folder, but %s".formatted(root, e.getMessage()), e);
    }
  }

  /// The folder itself.
  public Path root() {
    return root;
  }

  /// Where the processes keep what they need no longer than they live.
  Path temporary() {
    return root.resolve("tmp");
  }

  Path log(String name) {
    return root.resolve("logs").resolve(name + ".log");
  }

  Path pid(String name) {
    return root.resolve("run").resolve(name + ".pid");
  }

  /// The port of a process: the one of the last start, or a free one that is kept from now on.
  synchronized int port(String name) {
    Path file = root.resolve("ports.properties");
    Properties ports = new Properties();
    try {
      if (Files.exists(file)) {
        try (Reader reader = Files.newBufferedReader(file)) {
          ports.load(reader);
        }
      }
      String known = ports.getProperty(name);
      if (known != null) {
        return Integer.parseInt(known.strip());
      }
      int chosen = FreePorts.next();
      ports.setProperty(name, Integer.toString(chosen));
      write(file, ports);
      return chosen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "Expected a port for %s in %s, but got %s".formatted(name, file, ports.getProperty(name)),
          e);
    }
  }

  /// Complete or not at all: a kill while it is written must not lose the ports.
  private void write(Path file, Properties ports) throws IOException {
    Path next = root.resolve("ports.properties.next");
    try (Writer writer = Files.newBufferedWriter(next)) {
      ports.store(writer, "Ports of this suite; delete a line and the next start takes another");
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Waits for, or ends, every process that a killed suite left running here.
  public void clear() {
    try (Stream<Path> files = Files.list(root.resolve("run"))) {
      for (Path file : files.toList()) {
        new PidFile(file).clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      // Closing the channel gives the lock back, and may be repeated.
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
