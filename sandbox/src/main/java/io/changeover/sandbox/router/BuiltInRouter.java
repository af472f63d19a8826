package io.changeover.sandbox.router;

import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.http.HttpConnections;
import io.changeover.sandbox.http.HttpListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An HTTP router in this process for machines without HAProxy: weighted round robin, HAProxy's
/// Runtime API and log line. It has no health checks, no TLS and no streaming (bodies are passed on
/// whole, up to [HttpListener#BODY_LIMIT]).
public final class BuiltInRouter implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(1);

  private final EventLoops loops;
  private final HttpConnections connections;
  private final RequestLog log;
  private final List<RouterBackend> backends;
  private final Map<String, HttpListener> frontends = new LinkedHashMap<>();
  private final RuntimeListener runtime;

  private BuiltInRouter(RouterPlan plan, EventLoops loops) throws IOException {
    this.loops = loops;
    this.connections =
        new HttpConnections(loops, HttpConnections.Reuse.NEWEST, CONNECT_LIMIT, IDLE_LIMIT);
    this.log = new RequestLog(plan.syslog());
    this.backends = plan.backends().stream().map(RouterBackend::new).toList();
    FreezeMap freeze = new FreezeMap();
    for (RouterPlan.Frontend frontend : plan.frontends()) {
      Forwarding forwarding = new Forwarding(backend(frontend.backend()), connections, log, freeze);
      frontends.put(
          frontend.name(),
          HttpListener.open(loops, frontend.bind(), (request, peer) -> forwarding.answer(request)));
    }
    RuntimeTables tables = new RuntimeTables(backends, frontends);
    this.runtime =
        new RuntimeListener(
            plan.runtime(), new RuntimeApi(backends, tables, freeze, this::forgetUnready));
  }

  /// Opens all frontends and the Runtime API.
  ///
  /// @throws IOException if one of the addresses is taken; nothing is left open then
  public static BuiltInRouter start(RouterPlan plan) throws IOException {
    EventLoops loops = EventLoops.start(1);
    try {
      return new BuiltInRouter(plan, loops);
    } catch (IOException | RuntimeException e) {
      loops.close();
      throw e;
    }
  }

  /// Where a frontend listens.
  public InetSocketAddress frontend(String name) {
    HttpListener listener = frontends.get(name);
    if (listener == null) {
      throw new IllegalArgumentException(
          "Expected a frontend, one of " + frontends.keySet() + ", but got " + name);
    }
    return listener.address();
  }

  /// Where the Runtime API listens.
  public InetSocketAddress runtime() {
    return runtime.address();
  }

  private RouterBackend backend(String name) {
    return backends.stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected a backend named " + name));
  }

  private void forgetUnready() {
    for (RouterBackend backend : backends) {
      for (RouterServer server : backend.servers()) {
        if (server.state() != RouterServer.State.READY) {
          connections.forget(server.address());
        }
      }
    }
  }

  /// Stops listening, tells clients with their next answer that their connection ends, waits for
  /// them a while, then cuts what is left.
  @Override
  public void close() {
    runtime.close();
    try {
      CompletableFuture.allOf(
              frontends.values().stream()
                  .map(HttpListener::drain)
                  .toArray(CompletableFuture<?>[]::new))
          .get(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Idle clients do not hold the router up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    frontends.values().forEach(HttpListener::close);
    connections.close();
    log.close();
    loops.close();
  }
}
