package io.changeover.traffic.router;

import io.changeover.inventory.Probe;
import io.changeover.inventory.Secret;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.worker.kong.HostHeader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/// A request for a route that every node serves, past the router. No header's value is ever told.
public final class KnownRoute {

  static {
    HostHeader.allow();
  }

  private static final int NOT_FOUND = 404;

  private final Probe probe;
  private final CallLimits limits;

  public KnownRoute(Probe probe, CallLimits limits) {
    this.probe = probe;
    this.limits = limits;
  }

  /// Asks a node.
  ///
  /// @param proxy base address of its proxy
  /// @return what is wrong; empty when it answers as it should
  public Optional<String> unserved(URI proxy) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .build()) {
      return judged(client.send(request(proxy), BodyHandlers.ofString()));
    } catch (UnresolvedSecretException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("no answer: " + e.getClass().getSimpleName());
    }
  }

  private HttpRequest request(URI proxy) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(proxy.resolve(probe.path())).timeout(limits.answer()).GET();
    probe.host().ifPresent(host -> request.header("Host", host));
    for (Map.Entry<String, Secret> header : probe.headers().entrySet()) {
      request.header(header.getKey(), header.getValue().resolve());
    }
    return request.build();
  }

  private Optional<String> judged(HttpResponse<String> answer) {
    if (answer.statusCode() == probe.expect()) {
      return Optional.empty();
    }
    boolean unconfigured =
        answer.statusCode() == NOT_FOUND && answer.body().contains("no Route matched");
    return Optional.of(
        "answers "
            + answer.statusCode()
            + " instead of "
            + probe.expect()
            + (unconfigured ? ": it has no configuration, or none with that route" : ""));
  }
}
