package io.changeover.exporter.cassandra.ring;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.inventory.Cluster;
import io.changeover.sandbox.cassandra.EmbeddedRing;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.seed.CassandraSeed;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/// Two keyspaces of three copies on a ring of three nodes, bootstrapped by the stand-in Kong; blue
/// has everything hard and [#MORE] consumers.
final class RingLab implements AutoCloseable {

  static final int NODES = 3;
  static final int MORE = 3_000;

  private static final String BLUE = "blue";
  private static final String GREEN = "green";
  private static final SeedPlan PLAN =
      new SeedPlan(1, 20, 40, 25, InetSocketAddress.createUnresolved("127.0.0.1", 9));

  final EmbeddedRing ring;
  private final Path folder;

  private RingLab(EmbeddedRing ring, Path folder) {
    this.ring = ring;
    this.folder = folder;
  }

  static RingLab start(Path folder) {
    RingLab lab = new RingLab(EmbeddedRing.start(folder.resolve("ring"), NODES), folder);
    try {
      lab.fill();
      return lab;
    } catch (RuntimeException | Error e) {
      lab.close();
      throw e;
    }
  }

  private void fill() {
    kong("2.1.4", BLUE);
    kong("2.2.2", GREEN);
    ring.awaitAgreement();
    Profile profile = Profile.of("2.1.4");
    try (CqlSession session = ring.connect(1)) {
      // The driver waits for the nodes that it uses, and this session uses one.
      CassandraSeed.defineForeignTables(session, BLUE);
      ring.awaitAgreement();
      CassandraSeed.Made _ =
          CassandraSeed.seed(
              session,
              KongSettings.resolve(profile, null, environment(BLUE), Map.of()),
              profile,
              PLAN,
              Instant.now());
      consumers(session, MORE);
    }
  }

  private void kong(String version, String keyspace) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code =
        KongMain.run(
            Profile.of(version),
            List.of("migrations", "bootstrap"),
            environment(keyspace),
            out,
            out);
    if (code != 0) {
      throw new AssertionError("exit code " + code + ": " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private Map<String, String> environment(String keyspace) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KONG_DATABASE", "cassandra");
    environment.put("KONG_CASSANDRA_CONTACT_POINTS", EmbeddedRing.address(1));
    environment.put("KONG_CASSANDRA_PORT", Integer.toString(ring.port()));
    environment.put("KONG_CASSANDRA_KEYSPACE", keyspace);
    environment.put("KONG_CASSANDRA_REPL_FACTOR", Integer.toString(NODES));
    environment.put("KONG_CASSANDRA_READ_CONSISTENCY", "QUORUM");
    environment.put("KONG_CASSANDRA_WRITE_CONSISTENCY", "QUORUM");
    environment.put("KONG_PREFIX", "/nonexistent/prefix");
    return environment;
  }

  /// Adds consumers to blue's first workspace.
  void consumers(CqlSession session, int count) {
    UUID workspace =
        Objects.requireNonNull(
            Objects.requireNonNull(
                    session.execute("SELECT id FROM blue.workspaces WHERE name = 'default'").one())
                .getUuid(0));
    var insert =
        session.prepare(
            "INSERT INTO blue.consumers (id, created_at, username, ws_id) VALUES (uuid(), 1600000000123, ?, ?)");
    for (int n = 0; n < count; n++) {
      BoundStatement one = insert.bind(workspace + ":more-" + UUID.randomUUID(), workspace);
      session.execute(one);
    }
  }

  /// A session of a test's own.
  CqlSession session() {
    return ring.connect(1);
  }

  /// Every row of blue with every column, as JSON, by table.
  Map<String, List<String>> blue() {
    Map<String, List<String>> rows = new TreeMap<>();
    try (CqlSession session = session()) {
      for (Row table :
          session.execute(
              SimpleStatement.newInstance(
                  "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", BLUE))) {
        String name = Objects.requireNonNull(table.getString(0));
        rows.put(
            name,
            session.execute("SELECT JSON * FROM blue.%s".formatted(name)).all().stream()
                .map(row -> Objects.requireNonNull(row.getString(0)))
                .sorted()
                .toList());
      }
    }
    return rows;
  }

  /// The cluster, which writes a few hundred rows a second, so that there is a middle.
  Cluster cluster() throws IOException {
    return KeyspaceInventory.cluster(
        KeyspaceInventory.describe(
            folder,
            """
            contactPoints: [%s]
            port: %d
            localDatacenter: datacenter1
            keyspace: %s
            green: {keyspace: %s}
            copy: {leave: [ee_widgets], folder: "%s", inFlight: 32, ranges: 2, writeRate: 400}
            """
                .formatted(
                    String.join(", ", ring.addresses()),
                    ring.port(),
                    BLUE,
                    GREEN,
                    folder.resolve("copy"))));
  }

  /// What the copy remembers, a line for each slice.
  List<String> checkpoint() throws IOException {
    return Files.readAllLines(folder.resolve("copy").resolve("one.checkpoint.jsonl"));
  }

  @Override
  public void close() {
    ring.close();
  }
}
