package io.changeover.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// One request and what its answer must say.
sealed interface Expectation {

  /// What to send.
  Request request();

  /// What is wrong with `response`, in words; empty if nothing is.
  Optional<String> fault(Response response);

  /// The upstream must echo what was sent, under the path and consumer that the configuration says.
  record Echoed(SeedPlan.Call call, Request request, String nonce) implements Expectation {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Echoed of(SeedPlan.Call call, String nonce, boolean post) {
      Request request =
          Request.of(post ? "POST" : "GET", call.path())
              .with("Host", call.host())
              .with("apikey", call.key())
              .with("X-Nonce", nonce);
      return new Echoed(call, post ? request.body("text/plain", nonce) : request, nonce);
    }

    @Override
    public Optional<String> fault(Response response) {
      try {
        JsonNode echo = JSON.readTree(response.body());
        return differs("method", request.method(), echo.path("method"))
            .or(() -> differs("path", call.upstreamPath(), echo.path("path")))
            .or(() -> differs("nonce", nonce, header(echo, "X-Nonce")))
            .or(() -> differs("consumer", call.consumer(), header(echo, "X-Consumer-Username")))
            .or(() -> differs("body", request.text(), echo.path("body")));
      } catch (IOException e) {
        return Optional.of("the body is not JSON");
      }
    }

    /// Names of headers have no case: HAProxy hands them on in lower case.
    private static JsonNode header(JsonNode echo, String name) {
      return echo.path("headers").properties().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(MissingNode.getInstance());
    }

    private static Optional<String> differs(String what, String expected, JsonNode got) {
      return got.asText("").equals(expected)
          ? Optional.empty()
          : Optional.of("expected " + what + " " + expected + ", got " + got);
    }
  }

  /// The node itself answers the health route.
  record Healthy(Request request) implements Expectation {

    static Healthy of() {
      return new Healthy(Request.of("GET", SeedPlan.HEALTH_PATH).with("Host", "proxy.example.com"));
    }

    @Override
    public Optional<String> fault(Response response) {
      return response.text().contains(SeedPlan.HEALTH_MESSAGE)
          ? Optional.empty()
          : Optional.of("expected the message " + SeedPlan.HEALTH_MESSAGE);
    }
  }
}
