package io.changeover.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = AT;
  private final Intake intake = new Intake("commands", new Ticking(), Duration.ofMillis(1));

  @Test
  void nothing_hinders_it_at_first() {
    assertThat(intake.failure()).isEmpty();
  }

  @Test
  void a_right_that_is_missing_hinders_it_for_as_long_as_it_is_told() {
    intake.failed(new TopicAuthorizationException(Set.of("commands")));
    now = AT.plusSeconds(9);
    assertThat(intake.failure()).hasValueSatisfying(said -> assertThat(said).contains("commands"));
    intake.failed(new TopicAuthorizationException(Set.of("commands")));
    now = AT.plusSeconds(18);
    assertThat(intake.failure()).isPresent();
    now = AT.plusSeconds(30);
    assertThat(intake.failure()).isEmpty();
  }

  private final class Ticking extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
