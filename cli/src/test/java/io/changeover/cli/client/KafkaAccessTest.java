package io.changeover.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaAccessTest {
  private final KafkaAccess kafka = KafkaAccess.of("kafka.example:9093");

  @Test
  void a_right_that_is_missing_is_not_blamed_on_the_address() {
    var refused = new TopicAuthorizationException(Set.of("changeover.journal"));

    assertThat(kafka.unreachable(refused))
        .hasMessageContainingAll("changeover.journal", "give you the right")
        .hasMessageNotContaining("bootstrap servers");
  }

  @Test
  void a_login_that_fails_points_to_the_client_properties() {
    assertThat(kafka.unreachable(new SaslAuthenticationException("Authentication failed")))
        .hasMessageContainingAll("kafka.example:9093", "Authentication failed", "--kafka-config")
        .hasMessageNotContaining("bootstrap servers");
  }
}
