package io.changeover.cli.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// How to tell whether a process serves.
sealed interface Health {
  Duration CALL = Duration.ofSeconds(2);

  /// Whether it serves now. Never throws for what the process does.
  boolean serves() throws InterruptedException;

  /// It takes connections.
  record Listens(int port) implements Health {
    @Override
    public boolean serves() {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CALL.toMillis());
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  /// PostgreSQL answers a session; it listens before that, while it recovers.
  record TakesSessions(int port) implements Health {
    @Override
    public boolean serves() {
      String url =
          "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&connectTimeout=2&socketTimeout=2"
              .formatted(port);
      try (Connection session = DriverManager.getConnection(url)) {
        return session.isValid((int) CALL.toSeconds());
      } catch (SQLException e) {
        return false;
      }
    }
  }

  /// It has written a file.
  record Wrote(Path file) implements Health {
    @Override
    public boolean serves() {
      return Files.isRegularFile(file);
    }
  }

  /// It answers `GET /health` with 200.
  record Answers(int port) implements Health {
    private static final HttpClient CLIENT =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL).build();

    @Override
    public boolean serves() throws InterruptedException {
      URI health = URI.create("http://127.0.0.1:" + port + "/health");
      try {
        return CLIENT
                .send(
                    HttpRequest.newBuilder(health).timeout(CALL).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode()
            == 200;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
