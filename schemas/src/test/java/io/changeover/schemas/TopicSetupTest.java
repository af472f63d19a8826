package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSetupTest {
  @Test
  void says_at_once_what_it_waits_for_and_not_in_every_round() {
    List<String> said = new ArrayList<>();
    var setup =
        new TopicSetup(
            Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "default.api.timeout.ms",
                100,
                "request.timeout.ms",
                100),
            8,
            1);
    assertThatThrownBy(() -> setup.ensure(Duration.ofSeconds(1), said::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:1");
    assertThat(said)
        .singleElement()
        .asString()
        .contains("Waiting until ", "for Kafka at 127.0.0.1:1", "rights", "Timed out");
  }
}
