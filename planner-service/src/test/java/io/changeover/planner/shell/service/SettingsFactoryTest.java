package io.changeover.planner.shell.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.shell.PlannerSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsFactoryTest {
  @Test
  void a_secured_kafka_is_reached_by_environment_variables_alone() {
    var variables =
        Map.<String, Object>of(
            "KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9093",
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SASL_JAAS_CONFIG", "Module required username=\"planner\";",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/ssl/kafka.pem");

    assertThat(kafkaSettings(variables))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "bootstrap.servers", "kafka.example:9093",
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "Module required username=\"planner\";",
                "ssl.truststore.location", "/etc/ssl/kafka.pem"));
  }

  /// As the service reads them, with its `application.yml`.
  private static Map<String, Object> kafkaSettings(Map<String, Object> variables) {
    var source =
        new MapPropertySource("variables", variables) {
          @Override
          public PropertyConvention getConvention() {
            return PropertyConvention.ENVIRONMENT_VARIABLE;
          }
        };
    try (ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .environmentPropertySource(false)
            .propertySources(source)
            .build()) {
      context.getEnvironment().start();
      PlannerSettings settings =
          new SettingsFactory().settings(planning(), context.getEnvironment(), 8, -1);
      return settings.kafka();
    }
  }

  private static SettingsFactory.Planning planning() {
    Duration little = Duration.ofMillis(100);
    return new SettingsFactory.Planning(null, "g", 1, 1, 1, 1, little, little);
  }
}
