package io.changeover.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The planner's REST interface, as far as the command line reads it.
public final class PlannerClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// More than the planner itself waits for its database before it says that it is gone.
  private static final Duration CALL = Duration.ofSeconds(20);

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final URI planner;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /// @param planner where the planner answers, `http://HOST:PORT`
  public PlannerClient(URI planner) {
    this.planner = planner;
  }

  /// One upgrade as the planner's list has it.
  ///
  /// @param seq of its newest journal entry
  /// @param startedAt an ISO instant, as `changedAt`
  public record Line(
      String id, String cluster, String stage, long seq, String startedAt, String changedAt) {}

  private record Lines(List<Line> upgrades) {}

  /// The upgrades that it knows.
  ///
  /// @param cluster only this one's, null for all
  public List<Line> upgrades(@Nullable String cluster) throws InterruptedException {
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
            "Expected 200 from %s, but the planner answered %d%s"
                .formatted(address, answer.statusCode(), words(answer.body())));
      }
      return MAPPER.readValue(answer.body(), Lines.class).upgrades();
    } catch (IOException e) {
      throw Problem.unreachable(
          "Expected the planner to answer at %s, but %s; name it with --planner"
              .formatted(address, e.getMessage() == null ? "it does not" : e.getMessage()));
    }
  }

  /// What the planner says of it, where it says something.
  private static String words(String body) {
    try {
      JsonNode problem = MAPPER.readTree(body);
      String expected = problem.path("expected").asText();
      return ": %s%s"
          .formatted(
              problem.path("detail").asText("nothing more"),
              expected.isEmpty() ? "" : " Expected: " + expected);
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
