package io.changeover.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Asks nodes one by one, at their own Admin APIs, who they are and what they have.
final class NodeProbe {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration SERVING = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL).build();

  private NodeProbe() {}

  /// What a node said of itself.
  private record Seen(String version, String database, Map<String, Integer> counts) {}

  /// Stays until a data plane answers the seed's route of health: it has got its configuration.
  static void awaitServing(NodePlace node) throws InterruptedException {
    NodeProbe probe = new NodeProbe();
    Instant until = Instant.now().plus(SERVING);
    while (!probe.healthy(node)) {
      if (Instant.now().isAfter(until)) {
        throw new IllegalStateException(
            "Expected %s to serve within %d s, but it does not"
                .formatted(node.name(), SERVING.toSeconds()));
      }
      Thread.sleep(BETWEEN);
    }
  }

  private boolean healthy(NodePlace node) throws InterruptedException {
    URI health = URI.create("http://127.0.0.1:" + node.proxy() + SeedPlan.HEALTH_PATH);
    try {
      return http.send(
                  HttpRequest.newBuilder(health).timeout(CALL).GET().build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// That every node is of its version, on that database, and has all that the plan says.
  ///
  /// @param database as Kong names it: `postgres`, `cassandra`, `off`
  static Check serves(List<NodePlace> nodes, String database, SeedPlan plan)
      throws InterruptedException {
    Map<String, Integer> expected =
        Map.of(
            "services", plan.services(),
            "routes", plan.routes() + 1,
            "consumers", plan.consumers());
    return of(nodes, database, expected);
  }

  /// That every node is of its version and on that database, and has so many of each entity.
  static Check of(List<NodePlace> nodes, String database, Map<String, Integer> expected)
      throws InterruptedException {
    NodeProbe probe = new NodeProbe();
    List<String> words = new ArrayList<>();
    boolean holds = !nodes.isEmpty();
    for (NodePlace node : nodes) {
      try {
        Seen seen = probe.look(node, expected);
        holds &= seen.equals(new Seen(node.banner(), database, new TreeMap<>(expected)));
        words.add(
            "%s is %s on %s with %s"
                .formatted(node.name(), seen.version(), seen.database(), seen.counts()));
      } catch (IOException e) {
        holds = false;
        words.add(node.name() + ": " + e);
      }
    }
    return new Check(
        "every node of %s answers and has the configuration"
            .formatted(nodes.isEmpty() ? "nothing" : nodes.getFirst().version()),
        holds,
        String.join("; ", words));
  }

  /// That every node answers a question of its Admin API so.
  ///
  /// @param what must hold, in words
  /// @param read what counts of the answer
  static Check says(
      List<NodePlace> nodes,
      String what,
      String path,
      Function<JsonNode, List<String>> read,
      Predicate<List<String>> holds)
      throws InterruptedException {
    NodeProbe probe = new NodeProbe();
    List<String> words = new ArrayList<>();
    boolean all = !nodes.isEmpty();
    for (NodePlace node : nodes) {
      try {
        List<String> seen = read.apply(probe.ask(node, path));
        all &= holds.test(seen);
        words.add(node.name() + ": " + String.join(", ", seen));
      } catch (IOException e) {
        all = false;
        words.add(node.name() + ": " + e);
      }
    }
    return new Check(what, all, String.join("; ", words));
  }

  private Seen look(NodePlace node, Map<String, Integer> expected)
      throws IOException, InterruptedException {
    JsonNode about = ask(node, "/");
    Map<String, Integer> counts = new TreeMap<>();
    for (String entity : expected.keySet()) {
      counts.put(entity, count(node, entity));
    }
    return new Seen(
        about.path("version").asText(), about.at("/configuration/database").asText(), counts);
  }

  private int count(NodePlace node, String entity) throws IOException, InterruptedException {
    int rows = 0;
    JsonNode next = ask(node, "/" + entity + "?size=1000");
    rows += next.path("data").size();
    while (next.path("next").isTextual()) {
      next = ask(node, next.path("next").textValue());
      rows += next.path("data").size();
    }
    return rows;
  }

  private JsonNode ask(NodePlace node, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.admin()).resolve(path))
            .timeout(CALL)
            .GET()
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "expected 200 from GET %s, but got %d".formatted(path, answer.statusCode()));
    }
    return JSON.readTree(answer.body());
  }
}
