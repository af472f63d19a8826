package io.changeover.traffic.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// A node that answers every request with its name; can be made slow or broken.
public final class Upstream implements AutoCloseable {

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String name;
  private HttpServer server;
  private volatile double errorShare;
  private volatile boolean configured = true;
  private volatile Duration delay = Duration.ZERO;
  private final AtomicInteger slowed = new AtomicInteger();

  private final int port;

  private Upstream(String name, HttpServer server) {
    this.name = name;
    this.server = server;
    this.port = server.getAddress().getPort();
  }

  /// Starts one on a free port.
  public static Upstream start(String name) {
    try {
      HttpServer server = bound(0);
      Upstream upstream = new Upstream(name, server);
      upstream.serve(server);
      return upstream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts it again on its port, after it was closed.
  public void reopen() {
    try {
      server = bound(port());
      serve(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer bound(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
  }

  private void serve(HttpServer started) {
    started.createContext("/", this::answer);
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Duration wait = delay;
      if (!wait.isZero()) {
        slowed.incrementAndGet();
        Thread.sleep(wait);
      }
      String text = configured ? name : "{\"message\":\"no Route matched with those values\"}";
      byte[] body = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      boolean broken = ThreadLocalRandom.current().nextDouble() < errorShare;
      exchange.sendResponseHeaders(broken ? 500 : configured ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Answers this share of requests with 500.
  public void fail(double share) {
    errorShare = share;
  }

  /// Answers everything as a data plane without a configuration does.
  public void unconfigure() {
    configured = false;
  }

  /// Takes this long for each answer.
  public void slow(Duration time) {
    delay = time;
  }

  /// How many requests it has begun to take longer for.
  public int slowed() {
    return slowed.get();
  }

  /// Its name, which is also its server's.
  public String name() {
    return name;
  }

  /// Whether it takes traffic; a control plane, `…-cp`, does not.
  public boolean proxies() {
    return !name.endsWith("-cp");
  }

  /// Whether it has an Admin API; a data plane, `…-dp`, has none.
  public boolean administers() {
    return !name.endsWith("-dp");
  }

  /// Where it listens.
  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
