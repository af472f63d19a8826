package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.HttpConnections;
import io.changeover.sandbox.http.Request;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/// Sends a node its first requests itself, so that no client waits for a cold virtual machine. They
/// match no route.
final class WarmUp {

  private static final int REQUESTS = 100;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private WarmUp() {}

  static void run(InetSocketAddress proxy, HttpConnections connections) {
    Request request =
        Request.of("GET", "/__stand-in/warm-up")
            .with("Host", "warm-up.invalid")
            .with("User-Agent", "stand-in warm-up");
    long end = System.nanoTime() + LIMIT.toNanos();
    for (int i = 0; i < REQUESTS && System.nanoTime() < end; i++) {
      try {
        connections.send(proxy, request, LIMIT).join();
      } catch (CompletionException e) {
        return;
      }
    }
    connections.forget(proxy);
  }
}
