package io.changeover.migrator.work;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.kong.CommandLine;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.Commands;
import io.changeover.worker.kong.Masking;
import io.changeover.worker.kong.Patience;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A cluster on a real Cassandra with the sandbox's stand-in Kong: blue of 2.1.4 in a keyspace of
/// its own, green of 2.2.2 in another.
final class KeyspaceLab {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final EmbeddedCassandra cassandra;
  final CqlSession session;
  final Path folder;
  final String blue;
  final String green;
  final int bluePort = FreePorts.next();
  final int greenPort = FreePorts.next();
  final Map<String, String> greenMore = new TreeMap<>();
  boolean sameKeyspace;

  /// Whether each version is a control plane and a data plane, which does not run.
  boolean hybrid;

  /// What green is.
  String to = "2.2.2";

  List<String> plugins = List.of();

  /// A reference to the key of dumps; none without one.
  Optional<String> dumpKey = Optional.empty();

  /// @param blue a keyspace that several tests share
  /// @param green another one, bootstrapped or absent
  KeyspaceLab(
      EmbeddedCassandra cassandra, CqlSession session, Path folder, String blue, String green) {
    this.cassandra = cassandra;
    this.session = session;
    this.folder = folder;
    this.blue = blue;
    this.green = green;
  }

  /// A keyspace's name that is not in use.
  static String keyspace(String side) {
    return side + "_" + NUMBER.incrementAndGet();
  }

  private Map<String, String> environment(String keyspace) {
    return new TreeMap<>(
        Map.of(
            "KONG_DATABASE",
            "cassandra",
            "KONG_CASSANDRA_CONTACT_POINTS",
            "127.0.0.1",
            "KONG_CASSANDRA_PORT",
            Integer.toString(cassandra.port()),
            "KONG_CASSANDRA_KEYSPACE",
            keyspace));
  }

  private Path command(String version) {
    return KongBridge.command(
        folder.resolve("bin"), StandIn.BIN.resolve("kong-" + version), version);
  }

  /// Runs the stand-in by hand.
  CommandResult kong(String version, String keyspace, String... arguments) {
    List<String> argv = new ArrayList<>(List.of(command(version).toString()));
    argv.addAll(List.of(arguments));
    Map<String, String> environment = environment(keyspace);
    environment.put("KONG_PREFIX", folder.resolve("by-hand").toString());
    CommandResult result =
        Commands.run(
            new CommandLine(argv, environment, Masking.NONE),
            Patience.changing(StandIn.LONG, () -> false));
    if (!result.exitedCleanly()) {
      throw new IllegalStateException(result.evidence());
    }
    return result;
  }

  Cluster cluster() {
    try {
      Path inventory = Files.createTempDirectory(folder, "inventory");
      Files.writeString(inventory.resolve("cluster.yaml"), yaml());
      return Inventory.load(inventory).orThrow().cluster("lab").orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String yaml() {
    Map<String, String> more = environment(sameKeyspace ? blue : green);
    more.putAll(greenMore);
    return """
        clusters:
          - name: lab
            topology: %s
            serving: "2.1.4"
            datastore:
              cassandra: {contactPoints: [127.0.0.1], port: %d, localDatacenter: datacenter1, keyspace: %s, %s}
            kong:
        %s%s
            probe: {path: /health, expect: 200}
            router:
              haproxy: {runtime: "tcp://127.0.0.1:1", backend: kong, adminBackend: admin, adminFront: "http://127.0.0.1:1"}
            upgrade:
              backup: copy
              backupDir: %s
        """
        .formatted(
            hybrid ? "hybrid" : "traditional",
            cassandra.port(),
            blue,
            (sameKeyspace ? "sameKeyspace: true" : "green: {keyspace: " + green + "}")
                + dumpKey.map(key -> ", copy: {key: \"" + key + "\"}").orElse(""),
            version("2.1.4", "blue-1", environment(blue), bluePort),
            version(to, "green-1", more, greenPort),
            folder.resolve("backups"));
  }

  private String version(String version, String node, Map<String, String> environment, int port) {
    String settings =
        String.join(
            ", ",
            environment.entrySet().stream()
                .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
                .toList());
    return """
              "%s":
                command: [%s]
                environment: {%s}
                nodes:
                  - {name: %s, admin: "http://127.0.0.1:%d", proxy: "http://127.0.0.1:%d", status: "http://127.0.0.1:%d", prefix: %s%s}
        %s"""
        .formatted(
            version,
            command(version.replaceFirst("\\+.*", "")),
            settings,
            node,
            port,
            port,
            port,
            folder.resolve(node),
            hybrid ? ", role: control-plane" : "",
            hybrid ? dataPlane(node + "-dp") : "");
  }

  private String dataPlane(String name) {
    String nowhere = "http://127.0.0.1:1";
    return """
                  - {name: %s, role: data-plane, admin: "%s", proxy: "%s", prefix: %s}
        """
        .formatted(name, nowhere, nowhere, folder.resolve(name));
  }

  FakePhaseContext context(String action, String side) {
    return FakePhaseContext.of(
        FakePhaseContext.command("lab", action)
            .setFromVersion("2.1.4")
            .setToVersion(to)
            .setPlugins(plugins)
            .setSide(side)
            .build(),
        cluster());
  }

  /// The preflight of an upgrade that goes another way than the usual one.
  Outcome preflight(String way) throws InterruptedException {
    return run(
        Actions.PREFLIGHT,
        FakePhaseContext.of(
            FakePhaseContext.command("lab", Actions.PREFLIGHT).setSide("green").setWay(way).build(),
            cluster()));
  }

  /// Where nothing serves yet: the command comes from no version.
  Outcome install(String action) throws InterruptedException {
    return run(
        action,
        FakePhaseContext.of(
            FakePhaseContext.command("lab", action).setFromVersion("").setSide("green").build(),
            cluster()));
  }

  Outcome run(String action, String side) throws InterruptedException {
    return run(action, context(action, side));
  }

  Outcome run(String action, FakePhaseContext context) throws InterruptedException {
    return StandIn.run(StandIn.settings(folder), action, context);
  }

  /// A text with `%s` for the keyspace.
  void cql(String keyspace, String text, Object... values) {
    session.execute(text.formatted(keyspace), values);
  }

  /// The first column of every row.
  List<String> ask(String keyspace, String text) {
    List<String> found = new ArrayList<>();
    for (Row row : session.execute(text.formatted(keyspace))) {
      found.add(String.valueOf(row.getObject(0)));
    }
    return found;
  }
}
