package io.changeover.planner.shell.kafka;

import io.changeover.planner.port.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The intake's way to a real Kafka.
public final class KafkaConnector implements Intake.Connector {
  private static final long CALL_SECONDS = 15;

  private final Map<String, Object> kafka;
  private final Map<String, Object> consumer;

  /// @param kafka settings of every client
  /// @param group the consumer group
  /// @param clientId the client's name at the broker; also its static membership, so that a planner
  ///   that was killed and started again under the same name takes its partitions at once
  /// @param batch most records per poll
  public KafkaConnector(Map<String, Object> kafka, String group, String clientId, int batch) {
    this.kafka = Map.copyOf(kafka);
    var settings = new HashMap<String, Object>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, clientId);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    this.consumer = Map.copyOf(settings);
  }

  @Override
  public Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Map<TopicPartition, Source> sources(Collection<TopicPartition> partitions) {
    var names = new HashSet<String>();
    partitions.forEach(partition -> names.add(partition.topic()));
    try (Admin admin = Admin.create(kafka)) {
      Map<String, TopicDescription> topics =
          admin.describeTopics(names).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS);
      var sources = new HashMap<TopicPartition, Source>();
      for (TopicPartition partition : partitions) {
        var id = Objects.requireNonNull(topics.get(partition.topic())).topicId();
        sources.put(
            partition,
            new Source(
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                partition.partition()));
      }
      return sources;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Expected to learn the ids of the topics " + names, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
