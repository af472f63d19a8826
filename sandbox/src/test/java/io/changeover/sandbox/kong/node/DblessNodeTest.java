package io.changeover.sandbox.kong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A node without a database, as Kong 2.1.4 and 2.2.2 were observed to answer.
class DblessNodeTest {

  private static final String ROUTE = "{'_format_version':'2.1','routes':[%s]}";
  private static final String BUFFERED = "{'name':'r','paths':['/r'],'request_buffering':true}";

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String proxy = "127.0.0.1:" + FreePorts.next();
  private final String admin = "127.0.0.1:" + FreePorts.next();

  private Path file(String path) throws Exception {
    Path file = dir.resolve("kong.yml");
    String text =
        """
        _format_version: "2.1"
        routes:
        - name: r
          paths: [%s]
          plugins:
          - {name: request-termination, config: {status_code: 200, message: here}}
        """
            .formatted(path);
    return Files.writeString(file, text);
  }

  private KongSettings settings(String version, Path file) {
    Map<String, String> env = new HashMap<>();
    env.put("KONG_DATABASE", "off");
    env.put("KONG_DECLARATIVE_CONFIG", file.toString());
    env.put("KONG_PREFIX", dir.resolve("node").toString());
    env.put("KONG_PROXY_LISTEN", proxy);
    env.put("KONG_ADMIN_LISTEN", admin);
    return KongSettings.resolve(Profile.of(version), null, env, Map.of());
  }

  private Node start(String version, KongSettings settings) throws Exception {
    NodeLog log = new NodeLog(System.err, dir.resolve("access.log"));
    return Node.start(settings, Profile.of(version), new NodeFaults(""), log);
  }

  private HttpResponse<String> send(String method, String url, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://" + url))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int proxied(String path) throws Exception {
    return send("GET", proxy + path, "").statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.2.2"})
  void it_serves_its_file_and_refuses_single_changes(String version) throws Exception {
    try (Node _ = start(version, settings(version, file("/r")))) {
      assertThat(proxied("/r")).isEqualTo(200);
      assertThat(proxied("/else")).isEqualTo(404);
      assertThat(send("GET", admin + "/routes/r", "").body()).contains("\"name\":\"r\"");
      HttpResponse<String> refused = send("POST", admin + "/services", "{'host':'h'}");
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.body().replace('"', '\''))
          .isEqualTo(
              "{'name':'operation unsupported','message':'cannot create 'services' entities when not using a database','code':12}");
    }
  }

  @Test
  void a_posted_configuration_is_taken_whole_and_lost_by_a_reload() throws Exception {
    KongSettings settings = settings("2.2.2", file("/r"));
    try (Node node = start("2.2.2", settings)) {
      String good = ROUTE.formatted(BUFFERED.replace("/r", "/posted"));
      assertThat(send("POST", admin + "/config?check_hash=1", good).statusCode()).isEqualTo(201);
      assertThat(send("POST", admin + "/config?check_hash=1", good).statusCode()).isEqualTo(304);
      // A route without a service is matched and then has nowhere to go: 503.
      assertThat(proxied("/posted")).isEqualTo(503);
      assertThat(proxied("/r")).isEqualTo(404);

      node.reload(settings);

      assertThat(proxied("/posted")).isEqualTo(404);
      assertThat(proxied("/r")).isEqualTo(200);
    }
  }

  @Test
  void a_wrong_configuration_changes_nothing() throws Exception {
    KongSettings settings = settings("2.1.4", file("/r"));
    try (Node node = start("2.1.4", settings)) {
      HttpResponse<String> wrong = send("POST", admin + "/config", ROUTE.formatted(BUFFERED));
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body())
          .contains("\"code\":14", "\"name\":\"invalid declarative configuration\"")
          .contains("declarative config is invalid: ", "request_buffering");
      HttpResponse<String> empty = send("POST", admin + "/config", "");
      assertThat(empty.statusCode()).isEqualTo(400);
      assertThat(empty.body()).isEqualTo("{\"message\":\"expected a declarative configuration\"}");

      Files.writeString(dir.resolve("kong.yml"), "_format_version: \"2.1\"\ncolour: blue\n");
      node.reload(settings);

      assertThat(proxied("/r")).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"2.1.4,490", "2.2.2,474"})
  void a_wrong_file_is_in_the_way_of_a_start(String version, String line) throws Exception {
    Path file = dir.resolve("kong.yml");
    Files.writeString(file, "_format_version: \"2.1\"\ncolour: blue\n");

    assertThat(catchThrowable(() -> start(version, settings(version, file))))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(
            "[error] init_by_lua error: /usr/local/share/lua/5.1/kong/init.lua:"
                + line
                + ": error parsing declarative config file "
                + file
                + ":")
        .hasMessageContaining("in 'colour': unknown field");
  }

  @Test
  void the_older_binary_does_not_know_the_newer_ones_fields() throws Exception {
    Path file = dir.resolve("new.json");
    Files.writeString(file, ROUTE.formatted(BUFFERED).replace('\'', '"'));

    assertThat(parse("2.2.2", file)).startsWith("0 ").contains("parse successful");
    assertThat(parse("2.1.4", file))
        .startsWith("1 ")
        .contains("Error: Failed parsing:", "in 'request_buffering': unknown field");
  }

  private String parse(String version, Path file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Map<String, String> env =
        Map.of("KONG_DATABASE", "off", "KONG_PREFIX", dir.resolve("cli").toString());
    List<String> command = List.of("config", "parse", file.toString());
    int exit = KongMain.run(Profile.of(version), command, env, print, print);
    return exit + " " + out.toString(StandardCharsets.UTF_8);
  }
}
