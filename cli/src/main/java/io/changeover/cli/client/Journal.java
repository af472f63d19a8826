package io.changeover.cli.client;

import io.changeover.messages.JournalEntry;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads `changeover.journal` without leaving a trace: no consumer group, no offsets, read access
/// only.
public final class Journal {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STALLED = Duration.ofSeconds(30);

  private final KafkaAccess kafka;

  /// @param kafka where the topic is
  public Journal(KafkaAccess kafka) {
    this.kafka = kafka;
  }

  /// What was read.
  public sealed interface Line {
    /// An entry.
    ///
    /// @param place `changeover.journal/PARTITION@OFFSET`
    /// @param bytes as they are on the topic: hashes are over these
    record Entry(String place, JournalEntry entry, ByteBuffer bytes) implements Line {}

    /// Bytes that are no entry.
    ///
    /// @param key the record's key, the cluster's name in a sound journal
    record Unreadable(String place, String key, String reason) implements Line {}
  }

  /// Every line there is now, partition by partition, each in its order.
  public void read(Consumer<Line> each) {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Instant progress = Instant.now();
      while (behind(consumer, ends)) {
        boolean some = false;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          some = true;
          if (record.offset() < end(ends, record)) {
            each.accept(line(record));
          }
        }
        progress = some ? Instant.now() : progress;
        if (Duration.between(progress, Instant.now()).compareTo(STALLED) > 0) {
          throw Problem.unreachable(
              "Expected the rest of %s from Kafka at %s, but nothing came for %d s"
                  .formatted(Topics.JOURNAL, kafka.servers(), STALLED.toSeconds()));
        }
      }
    } catch (KafkaException e) {
      throw kafka.unreachable(e);
    }
  }

  /// Every line from now on, or from the beginning, until `more` says no. It is asked after each
  /// poll.
  ///
  /// @param fromBeginning whether to begin with the oldest line
  public void follow(boolean fromBeginning, Consumer<Line> each, Predicate<Instant> more) {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      do {
        consumer.poll(POLL).forEach(record -> each.accept(line(record)));
      } while (more.test(Instant.now()));
    } catch (KafkaException e) {
      throw kafka.unreachable(e);
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka.settings());
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("fetch.max.wait.ms", 50);
    settings.put("allow.auto.create.topics", false);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
    List<PartitionInfo> known = consumer.partitionsFor(Topics.JOURNAL);
    if (known == null || known.isEmpty()) {
      throw Problem.unreachable(
          "Expected the topic %s on Kafka at %s, but it is not there; is this the Kafka that the planner uses?"
              .formatted(Topics.JOURNAL, kafka.servers()));
    }
    return known.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<String, byte[]> record) {
    return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
  }

  private static boolean behind(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private static Line line(ConsumerRecord<String, byte[]> record) {
    String place = record.topic() + "/" + record.partition() + "@" + record.offset();
    String key = record.key() == null ? "" : record.key();
    if (record.value() == null) {
      return new Line.Unreadable(place, key, "a record without a value");
    }
    try {
      SpecificRecord message = Codec.decode(record.value());
      return message instanceof JournalEntry entry
          ? new Line.Entry(place, entry, ByteBuffer.wrap(record.value()).asReadOnlyBuffer())
          : new Line.Unreadable(place, key, "a " + message.getSchema().getName());
    } catch (UndecodableException e) {
      return new Line.Unreadable(place, key, String.valueOf(e.getMessage()));
    }
  }
}
