package io.changeover.traffic.testing;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.Procedure;
import io.changeover.traffic.act.Baselines;
import io.changeover.traffic.act.Routers;
import io.changeover.traffic.act.Tools;
import io.changeover.traffic.act.TrafficLogs;
import io.changeover.traffic.act.TrafficMetrics;
import io.changeover.traffic.router.CallLimits;
import io.changeover.traffic.router.HaproxyRouter;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// One cluster for a test: two blue and two green nodes behind a real HAProxy, and its inventory.
public final class Estate implements AutoCloseable {

  private final List<Upstream> blue;
  private final List<Upstream> green;
  private final Path folder;
  private final HaproxyProcess haproxy;
  private final TrafficLogs logs = new TrafficLogs();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Tools tools =
      new Tools(new Routers(), logs, new Baselines(), new TrafficMetrics(registry));

  private Estate(Path folder, boolean checks, String one, String other) throws IOException {
    this.folder = folder;
    this.blue = List.of(Upstream.start("blue-" + one), Upstream.start("blue-" + other));
    this.green = List.of(Upstream.start("green-" + one), Upstream.start("green-" + other));
    this.haproxy = HaproxyProcess.start(folder, blue, green, checks);
  }

  /// Starts everything; the servers are not health-checked.
  public static Estate start(Path folder) throws IOException {
    return new Estate(folder, false, "1", "2");
  }

  /// Starts everything, with health checks.
  public static Estate checked(Path folder) throws IOException {
    return new Estate(folder, true, "1", "2");
  }

  /// Starts a hybrid cluster: a control plane and a data plane of each version.
  public static Estate hybrid(Path folder) throws IOException {
    return new Estate(folder, false, "cp", "dp");
  }

  /// The cluster with its admin backend and its log stream.
  public Cluster cluster() throws IOException {
    return cluster(true, true);
  }

  /// The cluster with or without admin backend and log stream in its inventory.
  public Cluster cluster(boolean admin, boolean syslog) throws IOException {
    return Inventory.load(inventory(admin, syslog)).orThrow().cluster("payments").orElseThrow();
  }

  /// The cluster as one whose configuration is copied to a datastore of green's own.
  public Cluster copied() throws IOException {
    return as(Procedure.KEYSPACE_COPY, cluster());
  }

  /// A cluster under another procedure.
  public static Cluster as(Procedure procedure, Cluster cluster) {
    return new Cluster(
        cluster.name(),
        cluster.topology(),
        procedure,
        cluster.serving(),
        cluster.datastore(),
        cluster.versions(),
        cluster.probe(),
        cluster.router(),
        cluster.fence(),
        cluster.upgrade(),
        cluster.source());
  }

  /// A folder with the inventory of this cluster, admin backend and log stream included.
  public Path inventory() throws IOException {
    return inventory(true, true);
  }

  private Path inventory(boolean admin, boolean syslog) throws IOException {
    Path inventory = Files.createTempDirectory(folder, "inventory");
    Files.writeString(inventory.resolve("payments.yaml"), yaml(admin, syslog));
    return inventory;
  }

  private String yaml(boolean admin, boolean syslog) {
    return """
    clusters:
      - name: payments
        topology: %s
        serving: "2.1.4"
        datastore:
          postgres: {host: 127.0.0.1, port: 5432, database: kong, schema: public, user: kong, password: "${env:KONG_PG_PASSWORD}"}
        kong:
          "2.1.4":
            command: [kong]
            nodes: [%s]
          "2.2.2":
            command: [kong]
            nodes: [%s]
        probe: {path: /}
        router:
          haproxy: {runtime: "%s", backend: kong_proxy%s%s}
        upgrade:
          drain: 5s
    """
        .formatted(
            blue.stream().allMatch(Upstream::proxies) ? "traditional" : "hybrid",
            nodes(blue),
            nodes(green),
            haproxy.tcp(),
            admin
                ? ", adminBackend: kong_admin, adminFront: \"http://127.0.0.1:%d\""
                    .formatted(haproxy.adminPort())
                : "",
            syslog ? ", syslog: \"127.0.0.1:" + haproxy.syslogPort() + "\"" : "");
  }

  private static String nodes(List<Upstream> upstreams) {
    return String.join(
        ", ",
        upstreams.stream()
            .map(
                up ->
                    "{name: %1$s, admin: \"http://127.0.0.1:%2$d\", proxy: \"http://127.0.0.1:%2$d\", prefix: /%1$s%3$s}"
                        .formatted(up.name(), up.port(), role(up)))
            .toList());
  }

  private static String role(Upstream upstream) {
    if (upstream.proxies() && upstream.administers()) {
      return "";
    }
    return ", role: " + (upstream.administers() ? "control-plane" : "data-plane");
  }

  /// The nodes of the old version.
  public List<Upstream> blue() {
    return blue;
  }

  /// The nodes of the new version.
  public List<Upstream> green() {
    return green;
  }

  /// The router.
  public HaproxyProcess haproxy() {
    return haproxy;
  }

  /// What phases work with.
  public Tools tools() {
    return tools;
  }

  /// The metrics that the phases wrote.
  public SimpleMeterRegistry registry() {
    return registry;
  }

  /// A second hand at the router.
  public HaproxyRouter hand() {
    return new HaproxyRouter(haproxy.unix(), CallLimits.DEFAULT, Clock.systemUTC());
  }

  /// The backend as it is now.
  public Observation observe(String backend) {
    return switch (hand().read(backend)) {
      case Reading.Seen(Observation observation) -> observation;
      case Reading other -> throw new AssertionError(other.toString());
    };
  }

  /// Weights by server in the order of the file.
  public List<Integer> weights() {
    return observe(HaproxyProcess.PROXY).servers().stream().map(s -> s.weight()).toList();
  }

  @Override
  public void close() {
    haproxy.close();
    logs.close();
    Stream.concat(blue.stream(), green.stream()).forEach(Upstream::close);
  }
}
