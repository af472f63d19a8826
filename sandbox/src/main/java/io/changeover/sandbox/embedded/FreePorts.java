package io.changeover.sandbox.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that nobody listens on.
///
/// They are taken from below Linux's ephemeral range (32768 and up), so that no outgoing connection
/// can take one between the probe and the bind.
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  /// A port is often bound long after it was chosen, by another process perhaps. So each is locked
  /// as long as this process lives: byte N of this file stands for port N.
  private static final FileChannel RESERVED = reservations();

  private FreePorts() {}

  /// A free port of the loopback address.
  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && reserved(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "Expected a free port between %d and %d, but %d tries found none"
            .formatted(LOWEST, HIGHEST, TRIES));
  }

  private static FileChannel reservations() {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir", "/tmp"),
            "changeover-ports-" + System.getProperty("user.name", "anybody"));
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write " + file, e);
    }
  }

  /// Whether nobody else of this user had it, and now this process has it.
  private static boolean reserved(int port) {
    try {
      return RESERVED.tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to reserve port " + port, e);
    }
  }

  /// The port itself, or a free one for 0.
  public static int orFree(int port) {
    return port == 0 ? next() : port;
  }

  /// Whether nobody listens on this port of the loopback address now.
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
