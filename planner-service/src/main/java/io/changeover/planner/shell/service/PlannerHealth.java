package io.changeover.planner.shell.service;

import io.changeover.planner.shell.PlannerEngine;
import io.changeover.planner.shell.PlannerSettings;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// Healthy: topics are there, Kafka answers, and every intake asks for records.
@Singleton
@Requires(beans = HealthEndpoint.class)
final class PlannerHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private static final Duration CALL = Duration.ofSeconds(2);

  private final PlannerSettings settings;
  private final Lifecycle lifecycle;
  private final Provider<PlannerEngine> engines;
  private @Nullable Admin admin;

  PlannerHealth(PlannerSettings settings, Lifecycle lifecycle, Provider<PlannerEngine> engines) {
    this.settings = settings;
    this.lifecycle = lifecycle;
    this.engines = engines;
  }

  @Override
  protected String getName() {
    return "planner";
  }

  @Override
  protected synchronized Map<String, Object> getHealthInformation() {
    boolean running = lifecycle.stage() == Lifecycle.Stage.RUNNING;
    boolean alive = running && engines.get().alive();
    boolean kafka = running && kafkaAnswers();
    healthStatus = running && alive && kafka ? HealthStatus.UP : HealthStatus.DOWN;
    var details = new LinkedHashMap<String, Object>();
    details.put("instance", settings.instance());
    details.put("stage", lifecycle.stage().name());
    details.put("intake", alive ? "asks for records" : "does not ask for records");
    details.put("kafka", kafka ? "answers" : "does not answer");
    return details;
  }

  private boolean kafkaAnswers() {
    try {
      if (admin == null) {
        admin = Admin.create(settings.kafka());
      }
      return !admin.describeCluster().nodes().get(CALL.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(CALL);
    }
  }
}
