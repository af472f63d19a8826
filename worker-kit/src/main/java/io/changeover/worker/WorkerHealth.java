package io.changeover.worker;

import io.changeover.schemas.KafkaLiveness;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import jakarta.inject.Singleton;
import java.util.Map;

/// Healthy: Kafka answers. Micronaut's own indicator asks the brokers for their configuration,
/// which a worker has no right to; its restricted mode goes on to say UP when all brokers are gone.
@Singleton
@Requires(beans = HealthEndpoint.class)
@Requires(property = "changeover.worker.topic")
final class WorkerHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private final KafkaLiveness kafka;

  WorkerHealth(KafkaLiveness kafka) {
    this.kafka = kafka;
  }

  @Override
  protected String getName() {
    return "worker";
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    boolean answers = kafka.answers();
    healthStatus = answers ? HealthStatus.UP : HealthStatus.DOWN;
    return Map.of("kafka", answers ? "answers" : "does not answer");
  }
}
