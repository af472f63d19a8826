package io.changeover.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.planner.shell.jdbc.LedgerTimeouts;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.TopicSetup;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/// What one measurement lies on: fresh topics on a Kafka that has its own process and is warm, and
/// a fresh database in a PostgreSQL with fsync on.
final class Bed implements AutoCloseable {
  static final int PARTITIONS = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, Object> kafka;
  private final String group;
  private final HikariDataSource pool;

  private Bed(Map<String, Object> kafka, String group, HikariDataSource pool) {
    this.kafka = kafka;
    this.group = group;
    this.pool = pool;
  }

  static Bed make(EmbeddedPostgresServer postgres, Broker broker, String name)
      throws InterruptedException {
    broker.forgetTopics(PATIENCE);
    new TopicSetup(broker.kafka(), PARTITIONS, 1).ensure(PATIENCE);
    postgres.createDatabase(name);
    var pool = pool(postgres.jdbcUrl(name));
    Flyway.configure().dataSource(pool).load().migrate();
    return new Bed(broker.kafka(), "changeover-planner-" + name, pool);
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

  /// The planner's consumer group; one per measurement, since offsets of old topics mean nothing.
  String group() {
    return group;
  }

  HikariDataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
