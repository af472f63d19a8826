package io.changeover.cli.demo;

import io.changeover.sandbox.kong.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes through the Admin API as an administrator would: over the router.
final class AdminProbe {
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration HEARS = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String NAME = "changeover-demo-probe";

  private final URI admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL).build();

  AdminProbe(Topology place) {
    this(place.adminPort());
  }

  /// @param port of the router, or of one node
  AdminProbe(int port) {
    this.admin = URI.create("http://127.0.0.1:" + port);
  }

  /// Makes a plugin, which must succeed.
  void configure(String json) throws InterruptedException {
    try {
      int made = post("/plugins", json);
      if (made != 201) {
        throw new IllegalStateException(
            "Expected 201 from POST /plugins %s, but got %d".formatted(json, made));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a consumer over the router and removes it again.
  ///
  /// @param version whose Admin API must answer
  Check check(String side, String version) throws InterruptedException {
    String what = side + "'s Admin API is open, over the router";
    try {
      HttpResponse<String> about = send(request("/").GET());
      boolean right = about.body().contains("\"" + Profile.of(version).banner() + "\"");
      int made = post("/consumers", "{\"username\":\"" + NAME + "\"}");
      int removed = send(request("/consumers/" + NAME).DELETE()).statusCode();
      return new Check(
          what,
          right && made == 201 && removed == 204,
          "version %s, POST %d, DELETE %d".formatted(right ? version : "other", made, removed));
    } catch (IOException e) {
      return new Check(what, false, String.valueOf(e.getMessage()));
    }
  }

  /// Tries to write while nobody may: the router must deny it and let a read pass.
  ///
  /// @param when in words, for the report
  Check frozen(String when) throws InterruptedException {
    String what = "blue's Admin API was read-only " + when;
    try {
      HttpResponse<String> write =
          send(
              request("/consumers")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"username\":\"" + NAME + "\"}")));
      int read = send(request("/consumers?size=1").GET()).statusCode();
      boolean denied =
          write.statusCode() == 403
              && write.headers().firstValue("x-changeover").filter("frozen"::equals).isPresent();
      return new Check(
          what,
          denied && read == 200,
          "POST %d%s, GET %d".formatted(write.statusCode(), denied ? " by the router" : "", read));
    } catch (IOException e) {
      return new Check(what, false, String.valueOf(e.getMessage()));
    }
  }

  /// Makes a route over the router, and asks every node for it until it answers: the cluster takes
  /// a configuration, and its nodes hear of it.
  Check serves(List<NodePlace> nodes) throws InterruptedException {
    String what = "what is made over the router is served by every node";
    try {
      int route = post("/routes", "{\"name\":\"%s\",\"paths\":[\"/%s\"]}".formatted(NAME, NAME));
      int plugin =
          post(
              "/routes/" + NAME + "/plugins",
              "{\"name\":\"request-termination\",\"config\":{\"status_code\":200}}");
      List<String> words = new ArrayList<>(List.of("POST %d, POST %d".formatted(route, plugin)));
      boolean holds = route == 201 && plugin == 201;
      for (NodePlace node : nodes) {
        int answer = awaited(URI.create("http://127.0.0.1:%d/%s".formatted(node.proxy(), NAME)));
        holds &= answer == 200;
        words.add("%s GET %d".formatted(node.name(), answer));
      }
      return new Check(what, holds, String.join(", ", words));
    } catch (IOException e) {
      return new Check(what, false, String.valueOf(e.getMessage()));
    }
  }

  private int post(String path, String json) throws IOException, InterruptedException {
    return send(request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)))
        .statusCode();
  }

  /// The status of an answer once it is 200, or the last one.
  private int awaited(URI url) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(HEARS);
    while (true) {
      int status = send(HttpRequest.newBuilder(url).timeout(CALL).GET()).statusCode();
      if (status == 200 || Instant.now().isAfter(deadline)) {
        return status;
      }
      Thread.sleep(LOOK);
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
