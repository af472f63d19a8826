package io.changeover.worker;

import io.changeover.schemas.UndecodableException;
import io.micronaut.configuration.kafka.annotation.KafkaListener;
import io.micronaut.configuration.kafka.annotation.OffsetReset;
import io.micronaut.configuration.kafka.annotation.OffsetStrategy;
import io.micronaut.configuration.kafka.annotation.Topic;
import io.micronaut.configuration.kafka.exceptions.KafkaListenerException;
import io.micronaut.configuration.kafka.exceptions.KafkaListenerExceptionHandler;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes commands from the worker's topic. Offsets are committed once the commands of a poll are
/// accepted; what a crash loses after that, the planner's timeouts bring back.
@KafkaListener(
    groupId = "changeover-${changeover.worker.name}",
    offsetReset = OffsetReset.EARLIEST,
    offsetStrategy = OffsetStrategy.DISABLED,
    batch = true,
    properties = {
      @Property(
          name = ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          value = "org.apache.kafka.common.serialization.StringDeserializer"),
      @Property(
          name = ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          value = "org.apache.kafka.common.serialization.ByteArrayDeserializer"),
      @Property(
          name = ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          value = "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
      @Property(name = ConsumerConfig.METADATA_MAX_AGE_CONFIG, value = "5000"),
      @Property(name = ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, value = "false")
    })
@Requires(property = "changeover.worker.topic")
class CommandListener implements ConsumerRebalanceListener, KafkaListenerExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CommandListener.class);

  private final CommandRunner runner;
  private final Rejections rejections;
  private final WorkerMetrics metrics;
  private final Intake intake;

  CommandListener(
      CommandRunner runner, Rejections rejections, WorkerMetrics metrics, Intake intake) {
    this.runner = runner;
    this.rejections = rejections;
    this.metrics = metrics;
    this.intake = intake;
  }

  @Override
  public void handle(KafkaListenerException failure) {
    intake.failed(failure.getCause() == null ? failure : failure.getCause());
  }

  @Topic("${changeover.worker.topic}")
  void receive(ConsumerRecords<String, byte[]> records, Consumer<String, byte[]> consumer)
      throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
        if (!take(record, consumer)) {
          break;
        }
        taken.put(partition, new OffsetAndMetadata(record.offset() + 1));
      }
    }
    commit(taken, consumer);
  }

  /// @return false when it was not taken; it is read again then, here or by another worker
  private boolean take(ConsumerRecord<String, byte[]> record, Consumer<String, byte[]> consumer)
      throws InterruptedException {
    try {
      return runner.accept(Commands.read(record));
    } catch (UndecodableException e) {
      try {
        rejections.reject(record, e);
        metrics.rejected();
        return true;
      } catch (KafkaException unwritten) {
        LOG.error(
            "{} can't be written; {} of {} is read again",
            "changeover.rejected",
            record.offset(),
            record.topic());
        consumer.seek(new TopicPartition(record.topic(), record.partition()), record.offset());
        return false;
      }
    }
  }

  private static void commit(
      Map<TopicPartition, OffsetAndMetadata> taken, Consumer<String, byte[]> consumer) {
    try {
      consumer.commitSync(taken);
    } catch (WakeupException e) {
      // The shutdown's word, meant for the poll that follows: swallowed, the loop never ends.
      consumer.wakeup();
    } catch (KafkaException e) {
      // They come again, and are dropped as repeats.
      LOG.warn("Offsets {} could not be committed: {}", taken, e.getClass().getSimpleName());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    runner.revoke(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    runner.revoke(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    LOG.info("Partitions assigned: {}", partitions);
  }
}
