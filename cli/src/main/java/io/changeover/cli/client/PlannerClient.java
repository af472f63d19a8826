package io.changeover.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The planner's REST interface, as far as the command line reads it.
public final class PlannerClient {
  private static final Duration CALL = Duration.ofSeconds(10);

  private final URI planner;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL).build();

  /// @param planner where the planner answers, `http://HOST:PORT`
  public PlannerClient(URI planner) {
    this.planner = planner;
  }

  /// The upgrades that it knows, as it writes them.
  ///
  /// @param cluster only this one's, null for all
  public String upgrades(@Nullable String cluster) throws InterruptedException {
    String query =
        cluster == null ? "" : "?cluster=" + URLEncoder.encode(cluster, StandardCharsets.UTF_8);
    URI address = planner.resolve("/upgrades" + query);
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(CALL).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw Problem.unreachable(
            "Expected 200 from %s, but the planner answered %d"
                .formatted(address, answer.statusCode()));
      }
      return answer.body();
    } catch (IOException e) {
      throw Problem.unreachable(
          "Expected the planner to answer at %s, but %s; name it with --planner"
              .formatted(address, e.getMessage() == null ? "it does not" : e.getMessage()));
    }
  }
}
