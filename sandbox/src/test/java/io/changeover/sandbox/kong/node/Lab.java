package io.changeover.sandbox.kong.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.kong.hybrid.Pace;
import io.changeover.sandbox.load.EchoUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A database server, an echo upstream, and nodes of any version on fresh databases.
final class Lab implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  final EchoUpstream echo;
  private final EmbeddedPostgresServer postgres;
  private final Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Runnable> open = new ArrayList<>();
  private final Set<Node> closed = new HashSet<>();

  Lab(Path dir) throws IOException {
    this.dir = dir;
    this.postgres = EmbeddedPostgresServer.start(dir.resolve("pg"), 0);
    this.echo = EchoUpstream.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  /// A running node and where it listens.
  record Running(
      Node node, String proxy, String admin, String status, Map<String, String> settings) {}

  /// Makes a database that the version's own CLI has bootstrapped.
  Map<String, String> bootstrapped(String version) {
    String name = "kong" + DATABASES.incrementAndGet();
    postgres.createDatabase(name);
    Map<String, String> env = environment(name);
    kong(version, env, "migrations", "bootstrap");
    return env;
  }

  Map<String, String> environment(String database) {
    Map<String, String> env = new HashMap<>();
    env.put("KONG_PG_PORT", Integer.toString(postgres.port()));
    env.put("KONG_PG_USER", EmbeddedPostgresServer.SUPERUSER);
    env.put("KONG_PG_PASSWORD", "any");
    env.put("KONG_PG_DATABASE", database);
    env.put("KONG_PREFIX", dir.resolve("cli").toString());
    return env;
  }

  /// Runs the stand-in's command line; it must exit with 0.
  String kong(String version, Map<String, String> env, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exit = KongMain.run(Profile.of(version), List.of(arguments), env, print, print);
    if (exit != 0) {
      throw new AssertionError(out.toString(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  KongSettings settings(String version, Map<String, String> env, Map<String, String> more) {
    return KongSettings.resolve(Profile.of(version), null, env, more);
  }

  Store store(String version, Map<String, String> env) {
    Store store =
        Store.open(Profile.of(version), settings(version, env, Map.of()), Duration.ofSeconds(30));
    open.add(store::close);
    return store;
  }

  Running start(String version, Map<String, String> env) throws Exception {
    return start(version, env, Map.of());
  }

  Running start(String version, Map<String, String> env, Map<String, String> more)
      throws Exception {
    return start(version, env, more, System.err, Pace.OBSERVED);
  }

  Running start(
      String version,
      Map<String, String> env,
      Map<String, String> more,
      PrintStream errors,
      Pace pace)
      throws Exception {
    Map<String, String> forced = new HashMap<>(more);
    forced.putIfAbsent("prefix", dir.resolve("node" + open.size()).toString());
    for (String listen : List.of("proxy_listen", "admin_listen", "status_listen")) {
      forced.put(listen, "127.0.0.1:" + FreePorts.next());
    }
    NodeLog log = new NodeLog(errors, Path.of(forced.get("prefix")).resolve("logs/access.log"));
    Profile profile = Profile.of(version);
    Node node = Node.start(settings(version, env, forced), profile, new NodeFaults(""), log, pace);
    open.add(
        () -> {
          if (!closed.contains(node)) {
            node.close();
          }
        });
    return new Running(
        node,
        "http://" + forced.get("proxy_listen"),
        "http://" + forced.get("admin_listen"),
        "http://" + forced.get("status_listen"),
        forced);
  }

  /// Cuts a node before the end.
  void close(Running running) {
    closed.add(running.node());
    running.node().close();
  }

  HttpResponse<String> get(String url, String... headers) throws Exception {
    return send("GET", url, "", headers);
  }

  HttpResponse<String> send(String method, String url, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Posts to an Admin API; the answer must be 201.
  JsonNode create(String url, String json) throws Exception {
    HttpResponse<String> answer = send("POST", url, json.replace('\'', '"'));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  JsonNode json(String url) throws Exception {
    return JSON.readTree(get(url).body());
  }

  @Override
  public void close() {
    open.reversed().forEach(Runnable::run);
    client.close();
    echo.close();
    postgres.close();
  }
}
