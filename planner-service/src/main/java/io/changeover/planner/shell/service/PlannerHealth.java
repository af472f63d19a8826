package io.changeover.planner.shell.service;

import io.changeover.planner.shell.PlannerEngine;
import io.changeover.planner.shell.PlannerSettings;
import io.changeover.schemas.KafkaLiveness;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/// Healthy: topics are there, Kafka and the database answer, and every intake asks for records.
/// Micronaut's own indicator of databases shows their URLs, with the passwords that they may hold.
@Singleton
@Requires(beans = HealthEndpoint.class)
final class PlannerHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private static final int CALL_SECONDS = 2;

  private final PlannerSettings settings;
  private final Lifecycle lifecycle;
  private final Provider<PlannerEngine> engines;
  private final KafkaLiveness liveness;
  private final DataSource ledger;

  PlannerHealth(
      PlannerSettings settings,
      Lifecycle lifecycle,
      Provider<PlannerEngine> engines,
      KafkaLiveness liveness,
      DataSource dataSource) {
    this.settings = settings;
    this.lifecycle = lifecycle;
    this.engines = engines;
    this.liveness = liveness;
    this.ledger = PlannerFactory.pool(dataSource);
  }

  @Override
  protected String getName() {
    return "planner";
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    boolean running = lifecycle.stage() == Lifecycle.Stage.RUNNING;
    boolean alive = running && engines.get().alive();
    boolean kafka = liveness.answers();
    boolean database = databaseAnswers();
    healthStatus = alive && kafka && database ? HealthStatus.UP : HealthStatus.DOWN;
    var details = new LinkedHashMap<String, Object>();
    details.put("instance", settings.instance());
    details.put("stage", lifecycle.stage().name());
    details.put("intake", alive ? "asks for records" : "does not ask for records");
    details.put("kafka", answer(kafka));
    details.put("database", answer(database));
    return details;
  }

  private static String answer(boolean given) {
    return given ? "answers" : "does not answer";
  }

  /// Waits for a connection as long as the pool does.
  private boolean databaseAnswers() {
    try (Connection connection = ledger.getConnection()) {
      return connection.isValid(CALL_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
