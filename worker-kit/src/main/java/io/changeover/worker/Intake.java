package io.changeover.worker;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What hinders this worker from reading its commands. Micronaut polls again at once whatever a
/// poll threw: without a pause, a right that is missing fills the disk with its words within hours.
@Singleton
@Requires(property = "changeover.worker.topic")
class Intake {
  /// A failure is told again after each pause while it lasts; an older one is over.
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Duration LASTS = PAUSE.multipliedBy(5);
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private record Failure(String reason, Instant at) {}

  private final String topic;
  private final Clock clock;
  private final Duration pause;
  private volatile @Nullable Failure last;

  @Inject
  Intake(WorkerSettings settings) {
    this(settings.topic(), Clock.systemUTC(), PAUSE);
  }

  Intake(String topic, Clock clock, Duration pause) {
    this.topic = topic;
    this.clock = clock;
    this.pause = pause;
  }

  /// Says what went wrong, once for as long as it lasts, and pauses the calling thread.
  void failed(Throwable cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    boolean news = failure().filter(reason::equals).isEmpty();
    last = new Failure(reason, clock.instant());
    if (news) {
      LOG.error(
          "Commands can't be read from {}: {}. Tried again every {}; whoever runs Kafka can give this service the right to the topic and its group",
          topic,
          reason,
          pause,
          cause);
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What hinders it now.
  Optional<String> failure() {
    return Optional.ofNullable(last)
        .filter(failure -> failure.at().plus(LASTS).isAfter(clock.instant()))
        .map(Failure::reason);
  }
}
