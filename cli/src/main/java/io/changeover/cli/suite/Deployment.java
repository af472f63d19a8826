package io.changeover.cli.suite;

import io.changeover.inventory.JdbcUrl;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The whole suite on one machine: Kafka and PostgreSQL unless they are named, and the four
/// services.
public final class Deployment implements AutoCloseable {
  private static final Duration GROUND = Duration.ofSeconds(90);
  private static final Duration SERVICES = Duration.ofMinutes(2);
  private static final String DATABASE = "changeover";
  private static final int PARTITIONS =
      Integer.parseInt(Objects.requireNonNullElse(System.getenv("CHANGEOVER_PARTITIONS"), "8"));

  private final DataFolder folder;
  private final Suite suite;
  private final Parts parts;
  private final Map<String, URI> services = new LinkedHashMap<>();
  private String kafka = "";
  private String postgres = "";
  private boolean ownPostgres;

  private Deployment(DataFolder folder, Suite suite, Parts parts) {
    this.folder = folder;
    this.suite = suite;
    this.parts = parts;
  }

  /// Takes the data folder; starts nothing yet.
  ///
  /// @param say takes what the operator should know, a line at a time
  public static Deployment open(Path data, Consumer<String> say) {
    return open(data, say, Archives.USE);
  }

  /// The same, and says what to do about archives of loaded classes.
  public static Deployment open(Path data, Consumer<String> say, Archives archives) {
    DataFolder folder = DataFolder.take(data);
    return new Deployment(folder, new Suite(folder, say), new Parts(Home.find(), folder, archives));
  }

  /// Starts everything and waits until it serves.
  ///
  /// @param givenKafka the Kafka to use, null for an embedded one
  /// @param givenPostgres the planner's database, null for an embedded one
  public void start(Path inventory, @Nullable String givenKafka, @Nullable String givenPostgres)
      throws InterruptedException {
    startGround(givenKafka, givenPostgres);
    startServices(inventory, Map.of());
    awaitServices();
  }

  /// Starts Kafka and PostgreSQL where they are not given. Kafka serves and has its topics when
  /// this returns; PostgreSQL, which only the planner needs, may still be starting.
  public void startGround(@Nullable String givenKafka, @Nullable String givenPostgres)
      throws InterruptedException {
    ownPostgres = givenPostgres == null;
    postgres =
        givenPostgres == null
            ? "jdbc:postgresql://127.0.0.1:%d/%s".formatted(parts.startPostgres(suite), DATABASE)
            : givenPostgres;
    if (givenKafka == null) {
      kafka = parts.startKafka(suite);
      suite.await(GROUND, Parts.KAFKA);
      KafkaWarmth.prepare(kafka, PARTITIONS, GROUND);
    } else {
      kafka = givenKafka;
    }
  }

  /// Starts a Cassandra node for one run, which may still be starting when this returns.
  ///
  /// @return its port
  public int startCassandra() {
    return parts.startCassandra(suite);
  }

  /// Waits until the node that [#startCassandra] started serves.
  public void awaitCassandra() throws InterruptedException {
    suite.await(GROUND, Parts.CASSANDRA);
  }

  /// Waits until PostgreSQL takes sessions, where it is the embedded one.
  public void awaitPostgres() throws InterruptedException {
    if (ownPostgres) {
      suite.await(GROUND, Parts.POSTGRES);
      createDatabase();
    }
  }

  /// Starts the four services.
  ///
  /// @param extra what their environment holds beside what the suite gives them
  public void startServices(Path inventory, Map<String, String> extra) throws InterruptedException {
    Map<String, String> environment = environment(inventory);
    environment.put("CHANGEOVER_MIGRATOR_STATE", folder.root().resolve("migrator").toString());
    environment.putAll(extra);
    for (String worker : Parts.WORKERS) {
      services.put(worker, parts.startService(suite, worker, environment));
    }
    startPlanner(inventory, extra);
  }

  /// Starts the planner alone, for whoever brings other workers.
  ///
  /// @param extra what its environment holds beside what the suite gives it
  public void startPlanner(Path inventory, Map<String, String> extra) throws InterruptedException {
    awaitPostgres();
    Map<String, String> planner = environment(inventory);
    planner.putAll(extra);
    planner.put("DATASOURCES_DEFAULT_URL", postgres);
    if (ownPostgres) {
      planner.put("DATASOURCES_DEFAULT_USERNAME", "postgres");
      planner.put("DATASOURCES_DEFAULT_PASSWORD", "");
    }
    services.put(Parts.PLANNER, parts.startService(suite, Parts.PLANNER, planner));
  }

  private Map<String, String> environment(Path inventory) {
    Map<String, String> environment = new HashMap<>(Parts.environment(kafka, inventory));
    environment.put("CHANGEOVER_PARTITIONS", Integer.toString(PARTITIONS));
    return environment;
  }

  /// Waits until all services answer.
  public void awaitServices() throws InterruptedException {
    suite.await(SERVICES, services.keySet().toArray(String[]::new));
  }

  /// Kafka's bootstrap servers.
  public String kafka() {
    return kafka;
  }

  /// JDBC URL of the planner's database.
  public String postgres() {
    return postgres;
  }

  /// The port of PostgreSQL, where it is the embedded one.
  public int postgresPort() {
    return folder.port(Parts.POSTGRES);
  }

  /// The processes, by name.
  public Suite suite() {
    return suite;
  }

  /// What the parts are started with.
  public Parts parts() {
    return parts;
  }

  /// Where things are, a line each.
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("Kafka               " + kafka);
    lines.add("planner database    " + JdbcUrl.shown(postgres));
    services.forEach((name, at) -> lines.add("%-19s %s/health".formatted(name, at)));
    lines.add("logs                " + folder.root().resolve("logs"));
    return lines;
  }

  private void createDatabase() {
    String maintenance =
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&connectTimeout=10&socketTimeout=60"
            .formatted(postgresPort());
    try (Connection connection = DriverManager.getConnection(maintenance);
        Statement statement = connection.createStatement();
        ResultSet there =
            statement.executeQuery(
                "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      if (!there.next()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Expected to make the planner's database at %s, but PostgreSQL answered %s"
              .formatted(JdbcUrl.shown(maintenance), e.getMessage()),
          e);
    }
  }

  /// Stops all in order and gives the data folder back. Harmless when repeated.
  @Override
  public void close() {
    suite.close();
    folder.close();
  }
}
