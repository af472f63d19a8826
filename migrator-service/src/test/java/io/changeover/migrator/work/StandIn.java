package io.changeover.migrator.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.messages.PhaseCommand;
import io.changeover.migrator.MigratorSettings;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.seed.SeedPlan;
import io.changeover.sandbox.seed.Seeder;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.kong.CommandLine;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.Commands;
import io.changeover.worker.kong.Masking;
import io.changeover.worker.kong.Patience;
import io.changeover.worker.testing.FakePhaseContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A cluster on a real PostgreSQL with the sandbox's stand-in Kong: one blue node of 2.1.4, one
/// green of 2.2.2.
final class StandIn implements AutoCloseable {

  static final Duration LONG = Duration.ofMinutes(2);

  private static final String OWNER = "kong_owner";
  private static final String TEMPLATE = "kong_seeded";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<EmbeddedPostgresServer> SEEDED = ConcurrentHashMap.newKeySet();
  static final Path BIN =
      Path.of(System.getProperty("changeover.sandbox.bin", "../sandbox/bin"))
          .toAbsolutePath()
          .normalize();

  final EmbeddedPostgresServer postgres;
  final Path folder;
  final String database;
  private final String from;
  final String owner = OWNER;
  final String blueRole;
  final Map<String, String> blueMore = new TreeMap<>();
  final Map<String, String> greenMore = new TreeMap<>();
  final List<String> clusterMore = new ArrayList<>();
  final int[] ports =
      Stream.generate(FreePorts::next).limit(6).mapToInt(Integer::intValue).toArray();
  boolean fenced;
  String greenRole = "";
  String fenceUser = "postgres";
  String greenDatabase;

  /// Where the cluster's files say that the server is.
  int port;

  String blueVersion = "2.1.4";
  String greenVersion = "2.2.2";
  List<String> plugins = List.of();

  private StandIn(EmbeddedPostgresServer postgres, Path folder, String database, String from) {
    this.postgres = postgres;
    this.folder = folder;
    this.database = database;
    this.from = from;
    this.blueRole = database + "_blue";
    this.greenDatabase = database;
    this.port = postgres.port();
    postgres.createRole(owner, "");
    postgres.createRole(blueRole, "");
    createDatabase();
    execute("GRANT \"" + owner + "\" TO \"" + blueRole + "\"");
  }

  /// An empty database, or a copy of one that was seeded before.
  private void createDatabase() {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + from + "'")) {
      boolean copy = row.next();
      statement.execute(
          "CREATE DATABASE " + database + " OWNER " + owner + (copy ? " TEMPLATE " + from : ""));
    } catch (SQLException e) {
      throw new IllegalStateException("could not make " + database, e);
    }
  }

  /// A cluster with no schema.
  static StandIn empty(EmbeddedPostgresServer postgres, Path folder) {
    return new StandIn(postgres, folder, "kong_" + NUMBER.incrementAndGet(), "none");
  }

  /// A cluster with the old version's schema and a small configuration; the first is made by hand,
  /// the others are copies.
  static StandIn seeded(EmbeddedPostgresServer postgres, Path folder) {
    if (SEEDED.add(postgres)) {
      StandIn template = new StandIn(postgres, folder, TEMPLATE, "none");
      template.bootstrap();
    }
    return new StandIn(postgres, folder, "kong_" + NUMBER.incrementAndGet(), TEMPLATE);
  }

  private void bootstrap() {
    CommandResult result = kong("2.1.4", owner, "migrations", "bootstrap");
    if (!result.exitedCleanly()) {
      throw new IllegalStateException(result.evidence());
    }
    Profile profile = Profile.of("2.1.4");
    KongSettings settings =
        KongSettings.resolve(profile, null, environment(owner, database), Map.of());
    SeedPlan plan =
        new SeedPlan(1, 25, 50, 20, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
    try (Store store = Store.open(profile, settings, LONG)) {
      Seeder.seed(store, profile, plan, Instant.now());
    }
  }

  /// Runs the stand-in by hand.
  CommandResult kong(String version, String user, String... arguments) {
    ArrayList<String> argv = new ArrayList<>(List.of(command(version).toString()));
    argv.addAll(List.of(arguments));
    return Commands.run(
        new CommandLine(argv, environment(user, database), Masking.NONE),
        Patience.changing(LONG, () -> false));
  }

  private Path command(String version) {
    return KongBridge.command(folder.resolve("bin"), BIN.resolve("kong-" + version), version);
  }

  /// The new version's command.
  KongScript script() {
    return new KongScript(command("2.2.2"), folder.resolve("calls"));
  }

  /// Runs the stand-in's migrations by hand, in this JVM.
  void migrate(String version, String verb) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    int exit =
        KongMain.run(
            Profile.of(version),
            List.of("migrations", verb),
            environment(owner, database),
            nowhere,
            nowhere);
    if (exit != 0) {
      throw new IllegalStateException("migrations " + verb + " exited with " + exit);
    }
  }

  private Map<String, String> environment(String user, String name) {
    return new TreeMap<>(
        Map.of(
            "KONG_DATABASE",
            "postgres",
            "KONG_PG_HOST",
            "127.0.0.1",
            "KONG_PG_PORT",
            Integer.toString(port),
            "KONG_PG_USER",
            user,
            "KONG_PG_PASSWORD",
            "none",
            "KONG_PG_DATABASE",
            name));
  }

  /// The cluster as its inventory file says it now.
  Cluster cluster() {
    try {
      Path inventory = Files.createTempDirectory(folder, "inventory");
      Files.writeString(inventory.resolve("cluster.yaml"), yaml());
      return Inventory.load(inventory).orThrow().cluster("lab").orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException("could not write the inventory", e);
    }
  }

  String yaml() {
    Map<String, String> green = environment(owner, greenDatabase);
    green.putAll(greenMore);
    Map<String, String> blue = environment(fenced ? blueRole : owner, database);
    blue.putAll(blueMore);
    return """
    clusters:
      - name: lab
        serving: "%s"
        datastore:
          postgres: {host: 127.0.0.1, port: %d, database: %s, user: %s}
        kong:
    %s%s
        probe: {path: /health, expect: 200}
        router:
          haproxy: {runtime: "tcp://127.0.0.1:1", backend: kong}
        upgrade:
          backup: copy
          backupDir: %s
    %s%s
    """
        .formatted(
            blueVersion,
            port,
            database,
            owner,
            version(blueVersion, "blue-1", blue, 0),
            version(greenVersion, "green-1", green, 3),
            folder.resolve("backups"),
            fenced ? "    fence: {" + roles() + ", user: " + fenceUser + "}\n" : "",
            String.join("\n", clusterMore));
  }

  private String roles() {
    return greenRole.isEmpty()
        ? "blueRole: " + blueRole
        : "blueRoles: {\"%s\": %s, \"2.2.2\": %s}".formatted(blueVersion, blueRole, greenRole);
  }

  /// Green gets a role of its own too: a later hop's blue.
  void giveGreenARole() {
    greenRole = database + "_green";
    postgres.createRole(greenRole, "");
    execute("GRANT \"" + owner + "\" TO \"" + greenRole + "\"");
    greenMore.put("KONG_PG_USER", greenRole);
  }

  private String version(String version, String node, Map<String, String> environment, int port) {
    String settings =
        String.join(
            ", ",
            environment.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("KONG_PG_PASSWORD"))
                .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
                .toList());
    return """
          "%s":
            command: [%s]
            environment: {%s}
            nodes:
              - name: %s
                admin: http://127.0.0.1:%5$d
                proxy: http://127.0.0.1:%6$d
                status: http://127.0.0.1:%7$d
                prefix: %8$s
                environment:
                  KONG_ADMIN_LISTEN: "127.0.0.1:%5$d"
                  KONG_PROXY_LISTEN: "127.0.0.1:%6$d"
                  KONG_STATUS_LISTEN: "127.0.0.1:%7$d"
    """
        .formatted(
            version,
            command(version.replaceFirst("\\+.*", "")),
            settings,
            node,
            ports[port],
            ports[port + 1],
            ports[port + 2],
            folder.resolve(node));
  }

  static MigratorSettings settings(Path folder) {
    return new MigratorSettings(
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        LONG,
        LONG,
        LONG,
        LONG,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        folder.resolve("state"));
  }

  FakePhaseContext context(String action, Optional<String> side) {
    PhaseCommand.Builder command =
        FakePhaseContext.command("lab", action)
            .setFromVersion(blueVersion)
            .setToVersion(greenVersion)
            .setPlugins(plugins);
    side.ifPresent(command::setSide);
    return FakePhaseContext.of(command.build(), cluster());
  }

  /// The same where nothing serves yet: the command comes from no version.
  Outcome install(String action) throws InterruptedException {
    PhaseCommand command =
        FakePhaseContext.command("lab", action).setFromVersion("").setSide("green").build();
    return run(action, FakePhaseContext.of(command, cluster()));
  }

  Outcome run(String action) throws InterruptedException {
    return run(action, context(action, Optional.empty()));
  }

  Outcome run(String action, String side) throws InterruptedException {
    return run(action, context(action, Optional.of(side)));
  }

  /// With works that remember nothing: as after a restart of the worker.
  Outcome run(String action, FakePhaseContext context) throws InterruptedException {
    return run(settings(folder), action, context);
  }

  static Outcome run(MigratorSettings settings, String action, FakePhaseContext context)
      throws InterruptedException {
    Tools tools = new Tools(settings);
    RunningMigrations running = new RunningMigrations(settings);
    BlueWatch watch =
        new BlueWatch(
            settings,
            new SimpleMeterRegistry(),
            (_, _, _, _) -> CompletableFuture.completedFuture(null),
            _ -> Optional.empty());
    List<PhaseWork> works =
        List.of(
            new BootstrapWork(tools, running),
            new ParseConfigWork(tools),
            new PreflightWork(tools),
            new MigrateUpWork(tools, running),
            new StartNodesWork(tools, watch),
            new StopNodesWork(tools, watch),
            new MigrateFinishWork(tools, running),
            new VerifyWork(tools, watch),
            new VerifyRollbackWork(tools));
    return works.stream()
        .filter(work -> work.actions().contains(action))
        .findFirst()
        .orElseThrow()
        .run(context);
  }

  void execute(String sql) {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  String ask(String sql) {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Ends whatever nodes are left.
  @Override
  public void close() {
    for (String node : List.of("blue-1", "green-1")) {
      Path pid = folder.resolve(node).resolve("pids").resolve("nginx.pid");
      try {
        if (Files.exists(pid)) {
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      } catch (IOException | NumberFormatException e) {
        throw new IllegalStateException("could not end " + node, e);
      }
    }
  }

  /// Its own actions, for readers of the tests.
  static final String UP = Actions.MIGRATE_UP;

  static final String FINISH = Actions.MIGRATE_FINISH;
}
