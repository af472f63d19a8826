package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaLivenessTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:1", "no.such.host.invalid:9092"})
  void a_kafka_that_is_not_there_does_not_answer(String servers) {
    try (var kafka = new KafkaLiveness(Map.of("bootstrap.servers", servers))) {
      assertThat(kafka.answers()).isFalse();
    }
  }

  @Test
  void settings_that_no_client_can_use_are_no_answer() {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            "127.0.0.1:1",
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "PLAIN");
    try (var kafka = new KafkaLiveness(settings)) {
      assertThat(kafka.answers()).isFalse();
    }
  }
}
