package io.changeover.planner.shell.service;

import io.changeover.planner.shell.PlannerSettings;
import io.changeover.schemas.Ids;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings from the environment, see `application.yml`.
@Factory
final class SettingsFactory {

  /// `changeover.planner.*`.
  @ConfigurationProperties("changeover.planner")
  record Planning(
      @Nullable String instance,
      String group,
      int maxInFlight,
      int threads,
      int batch,
      int maxMessageBytes,
      Duration tick,
      Duration patience) {}

  @Singleton
  PlannerSettings settings(
      Planning planning,
      Environment environment,
      @Value("${changeover.partitions}") int partitions,
      @Value("${changeover.replication}") int replication) {
    String instance = planning.instance();
    return new PlannerSettings(
        kafka(environment),
        instance == null || instance.isBlank() ? "planner-" + Ids.next() : instance,
        planning.group(),
        partitions,
        replication,
        planning.maxInFlight(),
        planning.threads(),
        planning.batch(),
        planning.maxMessageBytes(),
        planning.tick(),
        planning.patience());
  }

  /// Everything under `kafka.` goes to every client as it is: `kafka.security.protocol` and so on,
  /// or `KAFKA_SECURITY_PROTOCOL` in the environment. Names of variables are ambiguous, and
  /// Micronaut reads each of them with hyphens too; no setting of Kafka has one.
  private static Map<String, Object> kafka(Environment environment) {
    var settings = new HashMap<String, Object>();
    environment.getProperties("kafka").forEach((name, value) -> flatten(settings, name, value));
    settings.keySet().removeIf(name -> name.contains("-"));
    return settings;
  }

  private static void flatten(Map<String, Object> settings, String name, Object value) {
    if (value instanceof Map<?, ?> nested) {
      nested.forEach((key, inner) -> flatten(settings, name + "." + key, inner));
    } else {
      settings.put(name, value);
    }
  }
}
