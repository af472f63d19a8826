package io.changeover.migrator.work;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Answers as a healthy node of Kong on Cassandra does, on one port for all of its addresses.
final class FakeNode implements AutoCloseable {

  private final HttpServer server;

  private FakeNode(HttpServer server) {
    this.server = server;
  }

  static FakeNode start(int port, String version, String keyspace) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
      String root =
          "{\"version\":\"%s\",\"configuration\":{\"database\":\"cassandra\",\"cassandra_keyspace\":\"%s\"},\"database\":{\"reachable\":true},\"plugins\":{\"available_on_server\":{\"acl\":true}}}"
              .formatted(version, keyspace);
      byte[] body = root.getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().add("Server", "kong/" + version);
              exchange.getResponseHeaders().add("Via", "kong/" + version);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          });
      server.start();
      return new FakeNode(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
