package io.changeover.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.planner.shell.jdbc.LedgerTimeouts;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.KafkaMain;
import io.changeover.schemas.TopicSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/// What one measurement lies on: a Kafka of its own in a process of its own, and a fresh database
/// in a PostgreSQL with fsync on.
final class Bed implements AutoCloseable {
  static final int PARTITIONS = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process broker;
  private final Map<String, Object> kafka;
  private final HikariDataSource pool;

  private Bed(Process broker, Map<String, Object> kafka, HikariDataSource pool) {
    this.broker = broker;
    this.kafka = kafka;
    this.pool = pool;
  }

  static Bed make(EmbeddedPostgresServer postgres, Path dir, String name)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(dir.resolve(name));
    var broker =
        new ProcessBuilder(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                    .toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                KafkaMain.class.getName(),
                home.toString(),
                "0")
            .redirectError(home.resolve("kafka.err").toFile())
            .start();
    Map<String, Object> kafka = Map.of("bootstrap.servers", ready(broker, home));
    new TopicSetup(kafka, PARTITIONS, 1).ensure(PATIENCE);
    postgres.createDatabase(name);
    var pool = pool(postgres.jdbcUrl(name));
    Flyway.configure().dataSource(pool).load().migrate();
    return new Bed(broker, kafka, pool);
  }

  private static String ready(Process broker, Path home) throws IOException {
    BufferedReader out = broker.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("READY ")) {
        return line.substring("READY ".length());
      }
    }
    throw new IllegalStateException(
        "Expected Kafka to start, but it ended; its words are in " + home.resolve("kafka.err"));
  }

  private static HikariDataSource pool(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(EmbeddedPostgresServer.SUPERUSER);
    config.setMaximumPoolSize(10);
    LedgerTimeouts.properties()
        .forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
    return new HikariDataSource(config);
  }

  Map<String, Object> kafka() {
    return kafka;
  }

  HikariDataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
    broker.destroy();
    broker.onExit().join();
  }
}
