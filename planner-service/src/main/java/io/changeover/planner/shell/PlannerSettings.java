package io.changeover.planner.shell;

import java.time.Duration;
import java.util.Map;

/// How one planner runs.
///
/// @param kafka settings of every Kafka client, at least `bootstrap.servers`
/// @param instance this planner's name, in client ids and on rejected messages
/// @param group the consumer group that planners share
/// @param partitions of topics that are made
/// @param replication of topics that are made
/// @param maxInFlight most upgrades that take a place at one time, over all planners
/// @param threads consumers of this planner
/// @param batch most records per transaction
/// @param maxMessageBytes longest message that is taken
/// @param tick between two looks at timers and at the outbox when nobody rings
/// @param patience how long Kafka may take to become reachable at the start
public record PlannerSettings(
    Map<String, Object> kafka,
    String instance,
    String group,
    int partitions,
    int replication,
    int maxInFlight,
    int threads,
    int batch,
    int maxMessageBytes,
    Duration tick,
    Duration patience) {
  public PlannerSettings {
    kafka = Map.copyOf(kafka);
    if (maxInFlight < 1 || threads < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "Expected maxInFlight, threads and batch of at least 1, got %d, %d and %d"
              .formatted(maxInFlight, threads, batch));
    }
  }
}
