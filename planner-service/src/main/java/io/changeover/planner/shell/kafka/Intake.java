package io.changeover.planner.shell.kafka;

import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.LedgerUnavailableException;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.Seams.Seam;
import io.changeover.planner.port.SendFailedException;
import io.changeover.planner.port.Source;
import io.changeover.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes requests and reports from Kafka, a batch at a time, on a thread of its own.
///
/// What was consumed stands in the ledger, written with the decisions; offsets in Kafka follow for
/// those who watch lag, and for a ledger that is new. A batch that can't be taken comes again.
public final class Intake implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CALL = Duration.ofSeconds(15);
  private static final long BACKOFF_MILLIS = 1_000;

  private final Connector connector;
  private final Handler handler;
  private final Seams seams;
  private final Set<TopicPartition> unplaced = new HashSet<>();
  private final Map<TopicPartition, Source> sources = new HashMap<>();
  private volatile boolean open = true;
  private volatile Consumer<String, byte[]> consumer;
  private volatile Instant lastPoll = Instant.EPOCH;

  /// @param connector makes consumers and knows topic ids
  public Intake(Connector connector, Handler handler, Seams seams) {
    this.connector = connector;
    this.handler = handler;
    this.seams = seams;
    this.consumer = connector.consumer();
  }

  /// What the intake needs from Kafka beside the consumer itself.
  public interface Connector {
    /// A new consumer, not subscribed to anything.
    Consumer<String, byte[]> consumer();

    /// The sources that these partitions are now.
    Map<TopicPartition, Source> sources(Collection<TopicPartition> partitions);
  }

  /// Who takes the batches.
  public interface Handler {
    /// The next offset to take of each source; absent where the ledger does not know.
    Map<Source, Long> next(Collection<Source> sources);

    /// The log of a source ends before what was taken of it: records are lost.
    void truncated(Source source, TopicPartition partition, long taken, long end);

    /// Takes all of the batch, or throws and takes none.
    void take(List<Taken> batch);
  }

  /// One record and where it came from.
  ///
  /// @param source the partition
  /// @param record the record
  public record Taken(Source source, ConsumerRecord<String, byte[]> record) {}

  /// When Kafka was last asked for records.
  public Instant lastPoll() {
    return lastPoll;
  }

  @Override
  public void run() {
    while (open) {
      try {
        consume();
      } catch (WakeupException | InterruptException e) {
        LOG.debug("woken", e);
      } catch (KafkaException e) {
        LOG.warn("Expected records from Kafka, but: {}. Connecting again.", e.toString());
        sleep();
        reconnect();
      }
    }
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CALL));
  }

  private void reconnect() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    unplaced.clear();
    consumer = connector.consumer();
  }

  private void consume() {
    consumer.subscribe(List.of(Topics.REQUESTS, Topics.REPORTS), new Placing());
    while (open) {
      lastPoll = Instant.now();
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      try {
        if (!unplaced.isEmpty()) {
          rewind(records);
          place();
        } else if (!records.isEmpty()) {
          handler.take(taken(records));
          seams.at(Seam.BEFORE_OFFSETS);
          consumer.commitAsync();
        }
      } catch (LedgerUnavailableException | LedgerConflictException | SendFailedException e) {
        LOG.warn(
            "A batch of {} was not taken and comes again: {}", records.count(), e.getMessage());
        rewind(records);
        sleep();
      }
    }
  }

  private List<Taken> taken(ConsumerRecords<String, byte[]> records) {
    var batch = new ArrayList<Taken>(records.count());
    for (TopicPartition partition : records.partitions()) {
      Source source = source(partition);
      records.records(partition).forEach(record -> batch.add(new Taken(source, record)));
    }
    return batch;
  }

  private void rewind(ConsumerRecords<String, byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      if (consumer.assignment().contains(partition)) {
        consumer.seek(partition, records.records(partition).getFirst().offset());
      }
    }
  }

  /// Goes to where the ledger says. A partition that the ledger does not know stays at the group's
  /// offset: a new ledger must not take up requests that an old one has carried out.
  private void place() {
    sources.putAll(connector.sources(unplaced));
    Map<Source, Long> next = handler.next(unplaced.stream().map(this::source).toList());
    Map<TopicPartition, Long> ends = consumer.endOffsets(unplaced, CALL);
    for (TopicPartition partition : unplaced) {
      Source source = source(partition);
      long wanted = next.getOrDefault(source, 0L);
      long end = ends.getOrDefault(partition, Long.MAX_VALUE);
      if (wanted > end) {
        handler.truncated(source, partition, wanted, end);
        wanted = end;
      }
      if (wanted > 0) {
        consumer.seek(partition, wanted);
      }
    }
    unplaced.clear();
  }

  private Source source(TopicPartition partition) {
    return Objects.requireNonNull(
        sources.get(partition), () -> "Expected to have learnt the topic id of " + partition);
  }

  private final class Placing implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      unplaced.removeAll(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      unplaced.addAll(partitions);
    }
  }

  private void sleep() {
    try {
      Thread.sleep(BACKOFF_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      open = false;
    }
  }

  /// Ends after the batch that is in work.
  @Override
  public void close() {
    open = false;
    consumer.wakeup();
  }
}
