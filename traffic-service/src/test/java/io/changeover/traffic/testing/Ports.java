package io.changeover.traffic.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Free ports, each handed out once, below those that the system gives to clients: HAProxy binds
/// with SO_REUSEPORT, so that two listeners on one port would not fail but share it.
public final class Ports {

  private static final int FIRST = 15_000;
  private static final int COUNT = 15_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

  private Ports() {}

  /// A port that nobody listens on now.
  public static int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (bindable(port)) {
        return port;
      }
    }
    throw new AssertionError("No free port from " + FIRST + " on");
  }

  private static boolean bindable(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
