package io.changeover.cli.realkong;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/// Real Kong 2.1.4 that serves, real Kong 2.2.2 that does not run yet, their PostgreSQL and a real
/// HAProxy, each in a container. The containers of Kong outlive it, so that the migrator starts and
/// stops it by `docker exec`. Addresses are the containers' own (a published port would be accepted
/// by Docker's proxy even when nothing listens behind it), so this needs Docker on Linux.
final class KongContainers implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final String PASSWORD = "real-kong-test";

  private final Network network = Network.newNetwork();
  private final GenericContainer<?> database = database();
  private final GenericContainer<?> blue =
      kong("2.1.4", "kong migrations bootstrap && kong start && exec sleep infinity")
          .waitingFor(Wait.forLogMessage(".*Kong started.*", 1).withStartupTimeout(START));
  private final GenericContainer<?> green =
      kong("2.2.2", "echo waiting && exec sleep infinity")
          .waitingFor(Wait.forLogMessage(".*waiting.*", 1).withStartupTimeout(START));
  private final GenericContainer<?> haproxy =
      new GenericContainer<>("haproxy:2.6").withNetwork(network).withExposedPorts(8000);

  void start() throws IOException, InterruptedException {
    database.start();
    blue.start();
    green.start();
    haproxy
        .withCopyToContainer(
            Transferable.of(routerConfiguration()), "/usr/local/etc/haproxy/haproxy.cfg")
        .start();
    configureProbe();
  }

  /// What the client asks, through the router.
  URI entrance() {
    return URI.create("http://" + address(haproxy) + ":8000/probe");
  }

  /// The password that the inventory refers to as `${file:…}`.
  void writeInventory(Path folder, Path secrets) throws IOException {
    Path password = Files.writeString(secrets.resolve("kong-password"), PASSWORD);
    Files.writeString(
        folder.resolve("real.yaml"),
        """
        clusters:
          - name: real
            serving: "2.1.4"
            datastore:
              postgres: {host: %1$s, port: 5432, database: kong, user: kong, password: "${file:%2$s}"}
            kong:
              "2.1.4":
                command: [docker, exec, %3$s, kong]
                nodes:
                  - {name: blue-1, admin: "http://%4$s:8001", status: "http://%4$s:8100", proxy: "http://%4$s:8000", prefix: /usr/local/kong}
              "2.2.2":
                command: [docker, exec, %5$s, kong]
                nodes:
                  - {name: green-1, admin: "http://%6$s:8001", status: "http://%6$s:8100", proxy: "http://%6$s:8000", prefix: /usr/local/kong}
            probe: {path: /probe, expect: 200}
            router:
              haproxy: {runtime: "tcp://%7$s:9999", backend: kong_proxy, adminBackend: kong_admin}
            upgrade:
              backup: copy
              backupDir: %8$s
              steps: [{setWeight: 10}, {setWeight: 50}, {setWeight: 100}]
              analysis: {interval: 2s, count: 2, minimumRequests: 20, metrics: [{name: success-rate, successCondition: "result >= 1"}]}
              soak: 5s
              heartbeat: {interval: 1s, timeout: 30s}
        """
            .formatted(
                address(database),
                password,
                blue.getContainerId(),
                address(blue),
                green.getContainerId(),
                address(green),
                address(haproxy),
                secrets.resolve("backups")));
  }

  /// What the new version's own command says of the schema.
  int exitOfGreensList() throws IOException, InterruptedException {
    return green.execInContainer("kong", "migrations", "list").getExitCode();
  }

  /// What the old version's own command says of its node.
  int exitOfBluesHealth() throws IOException, InterruptedException {
    return blue.execInContainer("kong", "health").getExitCode();
  }

  @Override
  public void close() {
    haproxy.stop();
    green.stop();
    blue.stop();
    database.stop();
    network.close();
  }

  private GenericContainer<?> database() {
    return new GenericContainer<>("postgres:13")
        .withNetwork(network)
        .withNetworkAliases("kong-database")
        .withEnv("POSTGRES_USER", "kong")
        .withEnv("POSTGRES_DB", "kong")
        .withEnv("POSTGRES_PASSWORD", PASSWORD)
        .withEnv("POSTGRES_HOST_AUTH_METHOD", "md5")
        .withEnv("POSTGRES_INITDB_ARGS", "--auth-host=md5")
        .withExposedPorts(5432)
        .waitingFor(
            Wait.forLogMessage(".*ready to accept connections.*", 2).withStartupTimeout(START));
  }

  private GenericContainer<?> kong(String version, String script) {
    return new GenericContainer<>("kong:" + version)
        .withNetwork(network)
        .withEnv("KONG_DATABASE", "postgres")
        .withEnv("KONG_PG_HOST", "kong-database")
        .withEnv("KONG_PG_USER", "kong")
        .withEnv("KONG_PG_PASSWORD", PASSWORD)
        .withEnv("KONG_ADMIN_LISTEN", "0.0.0.0:8001")
        .withEnv("KONG_STATUS_LISTEN", "0.0.0.0:8100")
        .withEnv("KONG_ANONYMOUS_REPORTS", "off")
        .withCreateContainerCmdModifier(command -> command.withEntrypoint("sh", "-c", script));
  }

  /// A route that Kong answers by itself.
  private void configureProbe() throws IOException, InterruptedException {
    post("/services", "{\"name\":\"probe\",\"url\":\"http://127.0.0.1:1\"}");
    post("/services/probe/routes", "{\"paths\":[\"/probe\"]}");
    post(
        "/services/probe/plugins",
        "{\"name\":\"request-termination\",\"config\":{\"status_code\":200,\"message\":\"here\"}}");
  }

  private void post(String path, String json) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address(blue) + ":8001" + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IOException(
            "Expected 201 for " + path + ", got " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  private String routerConfiguration() {
    return """
        global
          stats socket ipv4@0.0.0.0:9999 level admin
        defaults
          mode http
          timeout connect 2s
          timeout client 60s
          timeout server 60s
          retries 2
          option redispatch 1
        frontend proxy
          bind :8000
          default_backend kong_proxy
        backend kong_proxy
          balance roundrobin
          server blue-1 %1$s:8000 check inter 500ms weight 100
          server green-1 %2$s:8000 check inter 500ms weight 0
        backend kong_admin
          server blue-1 %1$s:8001
          server green-1 %2$s:8001 disabled
        """
        .formatted(address(blue), address(green));
  }

  private static String address(GenericContainer<?> container) {
    return container
        .getContainerInfo()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .iterator()
        .next()
        .getIpAddress();
  }
}
