package io.changeover.sandbox.router;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The TCP side of the Runtime API: one line in, its answer out, closed.
final class RuntimeListener implements AutoCloseable {

  private static final int LINE_LIMIT_MILLIS = 10_000;

  private final ServerSocket server;
  private final RuntimeApi api;

  RuntimeListener(InetSocketAddress bind, RuntimeApi api) throws IOException {
    this.api = api;
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(bind);
    Thread.ofVirtual().name("runtime-api").start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().name("runtime-call").start(() -> serve(client));
      } catch (IOException e) {
        if (!server.isClosed()) {
          System.err.println("runtime api: " + e.getMessage());
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(LINE_LIMIT_MILLIS);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      String line = reader.readLine();
      if (line != null) {
        client.getOutputStream().write(api.answer(line).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The caller is gone; there is nobody to tell.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      System.err.println("runtime api: " + e.getMessage());
    }
  }
}
