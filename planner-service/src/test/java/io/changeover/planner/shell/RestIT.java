package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Rejected;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service as it is started, over HTTP.
class RestIT {
  @TempDir static Path dir;
  static PlannerWorld world;
  static EmbeddedServer server;
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws InterruptedException, IOException {
    world = PlannerWorld.start(dir);
    Path inventory = Files.createDirectories(dir.resolve("inventory"));
    for (String name : new String[] {"rest-1", "rest-2"}) {
      Files.writeString(inventory.resolve(name + ".yaml"), cluster(name));
    }
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.port",
                -1,
                "kafka.bootstrap.servers",
                world.bootstrapServers(),
                "datasources.default.url",
                world.jdbcUrl(),
                "datasources.default.username",
                "postgres",
                "datasources.default.connection-timeout",
                500,
                "changeover.inventory",
                inventory.toString(),
                "changeover.planner.instance",
                "rest"));
  }

  @AfterAll
  static void stop() {
    server.close();
    world.close();
  }

  @Test
  void a_posted_request_becomes_an_upgrade_that_can_be_read_with_its_journal() {
    var answer =
        post(
            "{\"type\":\"StartUpgrade\",\"cluster\":\"rest-1\",\"toVersion\":\"2.2.2\",\"by\":\"kim\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    var id = id(answer.body());

    Eventually.until(
        () -> get("/upgrades/" + id).body(),
        body -> body.contains("\"stage\":\"finished\""),
        () -> "expected upgrade %s to finish".formatted(id));

    assertThat(get("/upgrades/" + id).body())
        .contains("\"cluster\":\"rest-1\"", "\"plan\"", "\"evidence\"", "\"blueStopped\":true");
    assertThat(get("/upgrades/" + id + "/journal").body())
        .contains("\"seq\":1", "\"type\":\"StartUpgrade\"", "\"by\":\"kim\"", "UpgradeFinished")
        .doesNotContain("KONG_PG_PASSWORD");
    assertThat(get("/upgrades/" + id + "/journal?from=2&limit=1").body())
        .contains("\"seq\":2", "/journal?from=3&limit=1")
        .doesNotContain("\"seq\":1,");
    assertThat(get("/upgrades?cluster=rest-1").body()).contains(id);
    assertThat(get("/upgrades?cluster=rest-2").body()).doesNotContain(id);
    assertThat(get("/upgrades?stage=finished&limit=1").body()).contains("\"next\":\"/upgrades?");
  }

  @Test
  void an_id_that_the_sender_chose_is_kept() {
    assertThat(
            post("{\"type\":\"PauseUpgrade\",\"id\":\"mine-1\",\"cluster\":\"rest-2\",\"by\":\"kim\"}")
                .body())
        .isEqualTo("{\"id\":\"mine-1\"}");
    assertThat(world.awaitRejected("rest-2", 1))
        .extracting(Rejected::getReason)
        .contains("no running upgrade of cluster 'rest-2'");
  }

  @Test
  void what_is_no_request_is_answered_with_a_problem() {
    var unknown = post("{\"type\":\"DropEverything\",\"cluster\":\"rest-1\"}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(unknown.body()).contains("DropEverything", "StartUpgrade", "\"status\":400");

    assertThat(post("[1]").statusCode()).isEqualTo(400);
    assertThat(post("{").statusCode()).isEqualTo(400);
  }

  @Test
  void what_is_not_there_is_answered_with_a_problem() {
    var missing = get("/upgrades/no-such-upgrade");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("no upgrade 'no-such-upgrade'");
    assertThat(missing.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/problem+json");

    assertThat(get("/upgrades/no-such-upgrade/journal").statusCode()).isEqualTo(404);
    assertThat(get("/nowhere").headers().firstValue("content-type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(get("/upgrades?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/upgrades?offset=-1").statusCode()).isEqualTo(400);
  }

  @Test
  void the_clusters_of_the_inventory_are_listed() {
    assertThat(get("/clusters").body()).isEqualTo("{\"clusters\":[\"rest-1\",\"rest-2\"]}");
  }

  @Test
  void while_postgresql_is_gone_whatever_must_be_read_there_is_unavailable_and_nothing_else() {
    world.withoutPostgres(
        () -> {
          for (String path :
              List.of("/upgrades", "/upgrades/some-upgrade", "/upgrades/some-upgrade/journal")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("10");
            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/problem+json");
            assertThat(answer.body())
                .contains("\"status\":503", "Nothing is lost", "bring it back and ask again")
                .doesNotContain("jdbc:", "127.0.0.1", "postgres\"", "HikariPool");
          }
          assertThat(get("/clusters").statusCode()).isEqualTo(200);
          assertThat(
                  post("{\"type\":\"PauseUpgrade\",\"cluster\":\"rest-2\",\"by\":\"kim\"}")
                      .statusCode())
              .isEqualTo(202);
        });
    Eventually.until(
        () -> get("/upgrades").statusCode() == 200, "expected /upgrades to be answered again");
  }

  @Test
  void health_and_metrics_are_served() {
    Eventually.until(() -> get("/health").statusCode() == 200, "expected /health to become UP");
    assertThat(get("/health").body())
        .contains("\"kafka\":\"answers\"", "\"database\":\"answers\"")
        .doesNotContain("jdbc:");
    Eventually.until(
        () -> get("/prometheus").body(),
        body ->
            body.contains("changeover_relay_lag_entries")
                && body.contains("changeover_quarantined_upgrades")
                && body.contains("changeover_upgrades{stage=\"held\""),
        () -> "expected the planner's metrics");
  }

  private static String cluster(String name) {
    return """
      clusters:
        - name: %s
          procedure: shared-datastore
          serving: "2.1.4"
          datastore:
            postgres: {host: 127.0.0.1, port: 5432, database: kong, schema: public, user: kong, password: "${env:KONG_PG_PASSWORD}"}
          kong:
            "2.1.4":
              command: [kong]
              nodes:
                - {name: blue-1, admin: "http://127.0.0.1:8001", proxy: "http://127.0.0.1:8000"}
            "2.2.2":
              command: [kong]
              nodes:
                - {name: green-1, admin: "http://127.0.0.1:9001", proxy: "http://127.0.0.1:9000"}
          router:
            haproxy: {runtime: "tcp://127.0.0.1:9999", backend: kong_proxy, adminBackend: kong_admin}
          upgrade:
            steps: [ {setWeight: 50, pause: 1s}, {setWeight: 100} ]
            soak: 1s
            gates: []
      """
        .formatted(name);
  }

  private static String id(String body) {
    var matcher = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(body);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(server.getURI() + path)).GET());
  }

  private static HttpResponse<String> post(String json) {
    return send(
        HttpRequest.newBuilder(URI.create(server.getURI() + "/requests"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
