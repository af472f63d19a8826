package io.changeover.sandbox.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that nobody listens on.
///
/// They are taken from below Linux's ephemeral range (32768 and up), so that no outgoing connection
/// can take one between the probe and the bind.
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  /// A port is often bound long after it was chosen, so none is given twice by one process.
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /// A free port of the loopback address.
  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && HANDED_OUT.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "Expected a free port between %d and %d, but %d tries found none"
            .formatted(LOWEST, HIGHEST, TRIES));
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
