package io.changeover.cli.suite;

import io.changeover.schemas.TopicSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/// Makes what a fresh Kafka would otherwise make while the services wait for it: our topics, and
/// the one of consumer groups.
final class KafkaWarmth {
  private KafkaWarmth() {}

  static void prepare(String servers, int partitions, Duration patience)
      throws InterruptedException {
    Map<String, Object> client = Map.of("bootstrap.servers", servers);
    new TopicSetup(client, partitions, 1).ensure(patience);
    try (Admin admin = Admin.create(client)) {
      admin
          .describeConsumerGroups(List.of("changeover-planner"))
          .all()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // A group that nobody has joined is unknown; the question alone makes the coordinator ready.
    }
  }
}
