package io.changeover.cli.suite;

import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The parts of the suite: what each is started with.
public final class Parts {
  /// Kafka's name in the suite.
  public static final String KAFKA = "kafka";

  /// PostgreSQL's name in the suite.
  public static final String POSTGRES = "postgres";

  /// The planner's name in the suite.
  public static final String PLANNER = "planner-service";

  /// The workers' names.
  public static final List<String> WORKERS =
      List.of("migrator-service", "traffic-service", "exporter-service");

  /// The router's name in the suite.
  public static final String ROUTER = "router";

  /// The name in the suite of what the demo's cluster leads to.
  public static final String UPSTREAM = "upstream";

  /// The load client's name in the suite.
  public static final String LOAD = "load";

  /// Cassandra's name in the suite.
  public static final String CASSANDRA = "cassandra";

  private static final Set<String> GROUND = Set.of(KAFKA, POSTGRES, CASSANDRA);
  private static final int KAFKA_HEAP = 160;
  private static final int POSTGRES_HEAP = 192;
  private static final int SERVICE_HEAP = 128;
  private static final int ROUTER_HEAP = 96;
  private static final int LOAD_HEAP = 96;

  private final Home home;
  private final DataFolder folder;
  private final JavaCommand java;

  /// @param folder where ports, logs and data are
  public Parts(Home home, DataFolder folder, Archives archives) {
    this.home = home;
    this.folder = folder;
    this.java = new JavaCommand(home, archives, folder.temporary());
  }

  /// Whether services stand on it.
  static boolean isGround(String name) {
    return GROUND.contains(name);
  }

  /// Starts Kafka with its data in the folder.
  ///
  /// @return what a client's `bootstrap.servers` wants
  public String startKafka(Suite suite) {
    int port = folder.port(KAFKA);
    String main = "io.changeover.sandbox.embedded.KafkaMain";
    suite.start(embedded(KAFKA, main, KAFKA_HEAP, port, new Health.Listens(port)));
    return "127.0.0.1:" + port;
  }

  /// Starts PostgreSQL with its data in the folder.
  ///
  /// @return its port
  public int startPostgres(Suite suite) {
    int port = folder.port(POSTGRES);
    String main = "io.changeover.sandbox.embedded.PostgresMain";
    suite.start(embedded(POSTGRES, main, POSTGRES_HEAP, port, new Health.TakesSessions(port)));
    return port;
  }

  /// Starts Cassandra with its data in the folder, for one run: what it holds may be gone after its
  /// end.
  ///
  /// @return its port
  public int startCassandra(Suite suite) {
    int port = folder.port(CASSANDRA);
    List<String> command =
        EmbeddedCassandra.command(
            folder.root().resolve(CASSANDRA),
            port,
            false,
            EmbeddedCassandra.Data.FOR_ONE_RUN,
            java.archive(CASSANDRA));
    suite.start(
        new ProcessSpec(
            CASSANDRA,
            java.own(command.toArray(String[]::new)),
            Map.of(),
            new Health.Listens(port)));
    return port;
  }

  private ProcessSpec embedded(String name, String mainClass, int heap, int port, Health health) {
    return new ProcessSpec(
        name,
        java.of(
            name,
            home.program("sandbox").jar(),
            mainClass,
            heap,
            folder.root().toString(),
            Integer.toString(port)),
        Map.of(),
        health);
  }

  /// Starts a service.
  ///
  /// @param environment what it is configured with beside its port
  /// @return where it answers
  public URI startService(Suite suite, String name, Map<String, String> environment) {
    int port = folder.port(name);
    Home.Program service = home.program(name);
    Map<String, String> all = new HashMap<>(environment);
    all.put(
        name.equals(PLANNER) ? "CHANGEOVER_PLANNER_INSTANCE" : "CHANGEOVER_WORKER_INSTANCE", name);
    all.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    all.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    suite.start(
        new ProcessSpec(
            name,
            java.of(name, service.jar(), service.mainClass(), SERVICE_HEAP),
            all,
            new Health.Answers(port)));
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Starts HAProxy with a configuration.
  ///
  /// @param port where it takes requests
  public void startHaproxy(Suite suite, Path program, Path configuration, int port) {
    List<String> command = java.own(program.toString(), "-db", "-f", configuration.toString());
    suite.start(new ProcessSpec(ROUTER, command, Map.of(), new Health.Listens(port)));
  }

  /// Starts the built-in router.
  ///
  /// @param port where it takes requests
  /// @param arguments its own
  public void startBuiltInRouter(Suite suite, int port, List<String> arguments) {
    List<String> command =
        java.of(
            ROUTER,
            home.program("sandbox").jar(),
            "io.changeover.sandbox.router.RouterMain",
            ROUTER_HEAP,
            arguments.toArray(String[]::new));
    suite.start(new ProcessSpec(ROUTER, command, Map.of(), new Health.Listens(port)));
  }

  /// Starts what a demo's cluster leads to.
  ///
  /// @return its port
  public int startUpstream(Suite suite) {
    int port = folder.port(UPSTREAM);
    List<String> command =
        java.of(
            UPSTREAM,
            home.program("sandbox").jar(),
            "io.changeover.sandbox.load.EchoUpstream",
            LOAD_HEAP,
            "--listen",
            "127.0.0.1:" + port);
    suite.start(new ProcessSpec(UPSTREAM, command, Map.of(), new Health.Listens(port)));
    return port;
  }

  /// Starts the load client.
  ///
  /// @param name in the suite
  /// @param router where it sends, `HOST:PORT`
  /// @param seed of what the cluster holds
  /// @return the file that it writes its report to
  public Path startLoad(Suite suite, String name, String router, long seed) {
    Path report = folder.root().resolve(name + ".json");
    List<String> command =
        java.of(
            LOAD,
            home.program("sandbox").jar(),
            "io.changeover.sandbox.load.LoadMain",
            LOAD_HEAP,
            "--router",
            router,
            "--stats",
            report.toString(),
            "--seed",
            Long.toString(seed));
    suite.start(new ProcessSpec(name, command, Map.of(), new Health.Wrote(report)));
    return report;
  }

  /// The environment of every service.
  public static Map<String, String> environment(String kafka, Path inventory) {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        kafka,
        "CHANGEOVER_INVENTORY",
        inventory.toAbsolutePath().toString());
  }
}
