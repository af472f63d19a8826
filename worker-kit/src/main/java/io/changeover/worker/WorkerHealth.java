package io.changeover.worker;

import io.changeover.schemas.KafkaLiveness;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// Healthy: Kafka answers and lets this worker read its commands. Micronaut's own indicator asks
/// the brokers for their configuration, which a worker has no right to; its restricted mode goes on
/// to say UP when all brokers are gone.
@Singleton
@Requires(beans = HealthEndpoint.class)
@Requires(property = "changeover.worker.topic")
final class WorkerHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private final KafkaLiveness kafka;
  private final Intake intake;

  WorkerHealth(KafkaLiveness kafka, Intake intake) {
    this.kafka = kafka;
    this.intake = intake;
  }

  @Override
  protected String getName() {
    return "worker";
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    boolean answers = kafka.answers();
    Optional<String> failure = intake.failure();
    healthStatus = answers && failure.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN;
    return Map.of(
        "kafka",
        answers ? "answers" : "does not answer",
        "commands",
        failure.map(reason -> "can't be read: " + reason).orElse("are read"));
  }
}
