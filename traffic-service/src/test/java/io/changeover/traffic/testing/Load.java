package io.changeover.traffic.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that ask for a page all the time.
public final class Load implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI target;
  private final AtomicLong sent = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile boolean running = true;

  private Load(int port) {
    this.target = URI.create("http://127.0.0.1:" + port + "/");
  }

  /// Starts with this many requests a second.
  public static Load start(int port, int perSecond) {
    Load load = new Load(port);
    int clients = 4;
    for (int i = 0; i < clients; i++) {
      load.threads.execute(() -> load.run(1_000_000_000L * clients / perSecond));
    }
    return load;
  }

  private void run(long pauseNanos) {
    while (running) {
      ask();
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private void ask() {
    HttpRequest request =
        HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(20)).GET().build();
    sent.incrementAndGet();
    try {
      int status = client.send(request, BodyHandlers.ofString()).statusCode();
      if (status != 200) {
        failures.add("status " + status);
      }
    } catch (IOException e) {
      if (running) {
        failures.add(e.toString());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Requests sent so far.
  public long sent() {
    return sent.get();
  }

  /// What went wrong so far.
  public List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    running = false;
    threads.shutdown();
    client.close();
  }
}
