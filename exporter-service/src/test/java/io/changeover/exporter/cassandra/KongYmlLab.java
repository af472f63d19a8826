package io.changeover.exporter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.kongyml.KongYmlReader;
import io.changeover.inventory.Cluster;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.seed.SeedPlan;
import io.changeover.sandbox.seed.Seeder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Two keyspaces on the tests' node, bootstrapped by the stand-in Kong 2.1.4 and 2.2.2, and green's
/// command.
public final class KongYmlLab {

  /// The stand-in's command of 2.2.2.
  public static final Path KONG = command("kong-2.2.2");

  /// The stand-in's command of 2.1.4.
  public static final Path OLD_KONG = command("kong-2.1.4");

  /// What is in blue beside what a test adds.
  public static final SeedPlan PLAN =
      new SeedPlan(1, 3, 4, 5, InetSocketAddress.createUnresolved("127.0.0.1", 9));

  private static final Instant SEEDED = Instant.ofEpochSecond(1_700_000_000);

  private final CqlSession session = Node.session();

  /// A port at which a node of green would listen.
  public final int greenPort = FreePorts.next();

  /// The id of blue's workspace `default`.
  public final UUID home;

  private static Path command(String name) {
    return Path.of(System.getProperty("changeover.sandbox.bin", "../sandbox/bin"), name)
        .toAbsolutePath()
        .normalize();
  }

  public KongYmlLab() {
    kong("2.1.4", "blue_yml", "migrations", "bootstrap");
    kong("2.2.2", "green_yml", "migrations", "bootstrap");
    home = defaultOf("blue_yml");
  }

  /// Runs a command of the stand-in in this process.
  ///
  /// @return what it says
  public static String kong(String version, String keyspace, String... command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = KongMain.run(Profile.of(version), List.of(command), environment(keyspace), out, out);
    String words = said.toString(StandardCharsets.UTF_8);
    if (code != 0) {
      throw new AssertionError("exit code " + code + ": " + words);
    }
    return words;
  }

  private static Map<String, String> environment(String keyspace) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KONG_DATABASE", "cassandra");
    environment.put("KONG_CASSANDRA_CONTACT_POINTS", "127.0.0.1");
    environment.put("KONG_CASSANDRA_PORT", Integer.toString(Node.get().port()));
    environment.put("KONG_CASSANDRA_KEYSPACE", keyspace);
    environment.put("KONG_PREFIX", "/nonexistent/prefix");
    return environment;
  }

  private UUID defaultOf(String keyspace) {
    Row row =
        session
            .execute("SELECT id FROM %s.workspaces WHERE name = 'default'".formatted(keyspace))
            .one();
    return java.util.Objects.requireNonNull(java.util.Objects.requireNonNull(row).getUuid(0));
  }

  /// Empties both sides, as their bootstraps leave them, and seeds blue.
  public void reset() {
    for (String keyspace : List.of("blue_yml", "green_yml")) {
      for (String table : tables(keyspace)) {
        if (session.execute("SELECT * FROM %s.%s LIMIT 1".formatted(keyspace, table)).one()
            != null) {
          session.execute("TRUNCATE %s.%s".formatted(keyspace, table));
        }
      }
    }
    workspace("blue_yml", home, "default");
    workspace("green_yml", UUID.randomUUID(), "default");
    Profile profile = Profile.of("2.1.4");
    KongSettings settings = KongSettings.resolve(profile, null, environment("blue_yml"), Map.of());
    try (Store store = Store.open(profile, settings, Duration.ofSeconds(60))) {
      Seeder.seed(store, profile, PLAN, SEEDED);
    }
  }

  private List<String> tables(String keyspace) {
    return session
        .execute(
            SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace))
        .all()
        .stream()
        .map(row -> java.util.Objects.requireNonNull(row.getString(0)))
        .filter(table -> !table.equals("schema_meta"))
        .toList();
  }

  /// Adds a workspace.
  public void workspace(String keyspace, UUID id, String name) {
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.workspaces (id, name, created_at) VALUES (?, ?, 1600000000000)"
                .formatted(keyspace),
            id,
            name));
  }

  /// Runs a statement in which `%s.` is blue's keyspace.
  public void blue(String statement, Object... values) {
    session.execute(SimpleStatement.newInstance(statement.formatted("blue_yml"), values));
  }

  /// Runs a statement in which `%s.` is green's keyspace.
  public List<Row> green(String statement, Object... values) {
    return session
        .execute(SimpleStatement.newInstance(statement.formatted("green_yml"), values))
        .all();
  }

  /// A consumer of blue.
  public UUID consumer(UUID workspace, String name) {
    UUID id = UUID.randomUUID();
    blue(
        "INSERT INTO %s.consumers (id, created_at, username, ws_id) VALUES (?, 1600000000123, ?, ?)",
        id, workspace + ":" + name, workspace);
    return id;
  }

  /// What stands in a file, by list and id: values that are there, lists sorted, no running time.
  public static Map<String, Map<String, Object>> entities(Path file) throws IOException {
    Map<String, Map<String, Object>> entities = new TreeMap<>();
    KongYmlReader.read(
        file,
        (list, fields) -> {
          Map<String, Object> values = new TreeMap<>();
          fields.forEach((name, value) -> values.put(name, text(value)));
          values.values().removeIf("~"::equals);
          values.remove("ttl");
          entities.put(list + " " + values.get("id"), values);
        });
    return entities;
  }

  private static Object text(@Nullable Object value) {
    return switch (value) {
      case null -> "~";
      case List<?> list ->
          list.stream().map(KongYmlLab::text).map(Object::toString).sorted().toList();
      case Map<?, ?> map -> {
        Map<String, Object> all = new TreeMap<>();
        map.forEach((key, inner) -> all.put(key.toString(), text(inner)));
        yield all;
      }
      default -> value.toString();
    };
  }

  /// The cluster, with the way `kong-yml` and a file of ours.
  ///
  /// @param command green's
  public Cluster cluster(Path folder, Path command) throws IOException {
    return cluster(folder, Path.of("/nonexistent/old-kong"), command, "changeover");
  }

  /// The cluster, with the way `kong-yml` and a file of Kong's own.
  ///
  /// @param old blue's command
  /// @param command green's
  public Cluster exporting(Path folder, Path old, Path command) throws IOException {
    return cluster(folder, old, command, "kong");
  }

  private Cluster cluster(Path folder, Path old, Path command, String export) throws IOException {
    return KeyspaceInventory.cluster(
        KeyspaceInventory.describe(
            folder,
            """
            contactPoints: [127.0.0.1]
            port: %d
            localDatacenter: datacenter1
            keyspace: blue_yml
            green: {keyspace: green_yml}
            copy: {way: kong-yml, export: %s, folder: "%s", artifacts: "%s", ranges: 2}
            """
                .formatted(
                    Node.get().port(), export, folder.resolve("copy"), folder.resolve("artifacts")),
            """
            "2.1.4":
              command: ["%2$s"]
              environment: {KONG_DATABASE: postgres, KONG_CASSANDRA_CONTACT_POINTS: 127.0.0.1, KONG_CASSANDRA_PORT: "%1$d", KONG_CASSANDRA_KEYSPACE: elsewhere}
              nodes: [{name: blue, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:1"}]
            "2.2.2":
              command: ["%3$s"]
              environment: {KONG_DATABASE: cassandra, KONG_CASSANDRA_CONTACT_POINTS: 127.0.0.1, KONG_CASSANDRA_PORT: "%1$d", KONG_CASSANDRA_KEYSPACE: green_yml}
              nodes: [{name: green, admin: "http://127.0.0.1:%4$d", proxy: "http://127.0.0.1:%4$d"}]
            """
                .formatted(Node.get().port(), old, command, greenPort)));
  }
}
