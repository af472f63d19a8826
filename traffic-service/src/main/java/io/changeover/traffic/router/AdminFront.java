package io.changeover.traffic.router;

import io.changeover.worker.kong.HostHeader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// The front of the Admin APIs, as their clients see it. The requests that are sent change nothing,
/// whoever answers them.
public final class AdminFront {

  static {
    HostHeader.allow();
  }

  /// A path that no Admin API has: a write there that is not denied gets a 404 from Kong.
  private static final String NOWHERE = "/changeover-freeze-probe";

  private final URI front;
  private final CallLimits limits;

  public AdminFront(URI front, CallLimits limits) {
    this.front = front;
    this.limits = limits;
  }

  /// Sends a write.
  public FrontAnswer write() throws InterruptedException {
    return send(request(NOWHERE).POST(BodyPublishers.noBody()).build());
  }

  /// Sends a read.
  public FrontAnswer read() throws InterruptedException {
    return send(request("/").GET().build());
  }

  private HttpRequest.Builder request(String path) {
    String base = front.toString();
    String rest = base.endsWith("/") ? path.substring(1) : path;
    return HttpRequest.newBuilder(URI.create(base + rest)).timeout(limits.answer());
  }

  private FrontAnswer send(HttpRequest request) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.connect())
            .build()) {
      return answer(client.send(request, BodyHandlers.discarding()));
    } catch (IOException e) {
      String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new FrontAnswer.Unknown(request.method() + " " + front + ": " + words);
    }
  }

  private FrontAnswer answer(HttpResponse<?> response) {
    int status = response.statusCode();
    if (response.headers().firstValue(Router.DENIED).filter("frozen"::equals).isPresent()) {
      return new FrontAnswer.Denied(status);
    }
    return status >= 500
        ? new FrontAnswer.Unknown(front + " answers " + status)
        : new FrontAnswer.Passed(status);
  }
}
