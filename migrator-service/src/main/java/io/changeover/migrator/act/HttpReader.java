package io.changeover.migrator.act;

import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Reading;
import io.changeover.worker.kong.HostHeader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Asks one address once, on a connection of its own: a kept one would hold up a node that is told
/// to quit.
public final class HttpReader {

  static {
    HostHeader.allow();
  }

  private final HttpClient client;
  private final Duration limit;

  /// A reader with one limit.
  ///
  /// @param limit for the connection, and again for the whole answer
  public HttpReader(Duration limit) {
    this.limit = limit;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// GET. A refused connection and a silent one are different answers.
  public Reading get(URI base, String path, Map<String, String> headers)
      throws InterruptedException {
    Optional<Reading> closed = closed(base);
    return closed.isPresent() ? closed.orElseThrow() : ask(base.resolve(path), headers);
  }

  /// Whether nobody listens there, if so how that shows.
  private Optional<Reading> closed(URI base) {
    int port = base.getPort() > 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80;
    String address = base.getHost() + ":" + port;
    InetSocketAddress socketAddress = new InetSocketAddress(base.getHost(), port);
    if (socketAddress.isUnresolved()) {
      return Optional.of(new Reading.Silent(address + ": no such host"));
    }
    try (Socket socket = new Socket()) {
      socket.connect(socketAddress, (int) limit.toMillis());
      return Optional.empty();
    } catch (ConnectException e) {
      String message = String.valueOf(e.getMessage());
      return Optional.of(
          message.contains("refused")
              ? new Reading.Refused()
              : new Reading.Silent(address + ": " + message));
    } catch (IOException e) {
      return Optional.of(new Reading.Silent(address + ": " + e.getMessage()));
    }
  }

  private Reading ask(URI uri, Map<String, String> headers) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET().header("Connection", "close");
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    try {
      HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Reading.Answered(response.statusCode(), build(response), response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reading.Silent(uri + ": no answer in " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Reading.Silent(uri + ": " + cause.getClass().getSimpleName());
    }
  }

  /// `Via` is set on what an upstream answered, `Server` on what Kong answered itself.
  private static Optional<Build> build(HttpResponse<?> response) {
    return Stream.of("Via", "Server")
        .flatMap(name -> response.headers().allValues(name).stream())
        .flatMap(value -> Build.inHeader(value).stream())
        .findFirst();
  }
}
