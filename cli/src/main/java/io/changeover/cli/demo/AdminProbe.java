package io.changeover.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Writes through the Admin API as an administrator would: over the router.
final class AdminProbe {
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final String NAME = "changeover-demo-probe";

  private final URI admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL).build();

  AdminProbe(Topology place) {
    this.admin = URI.create("http://127.0.0.1:" + place.adminPort());
  }

  /// Makes a consumer and removes it again.
  Check check() throws InterruptedException {
    String what = "blue's Admin API is open, over the router";
    try {
      HttpResponse<String> about = send(request("/").GET());
      boolean blue = about.body().contains("\"" + Topology.FROM + "\"");
      int made =
          send(request("/consumers")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"username\":\"" + NAME + "\"}")))
              .statusCode();
      int removed = send(request("/consumers/" + NAME).DELETE()).statusCode();
      return new Check(
          what,
          blue && made == 201 && removed == 204,
          "version %s, POST %d, DELETE %d"
              .formatted(blue ? Topology.FROM : "other", made, removed));
    } catch (IOException e) {
      return new Check(what, false, String.valueOf(e.getMessage()));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(admin.resolve(path)).timeout(CALL);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
