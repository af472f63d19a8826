package io.changeover.bench;

import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// All workers in one thread: answers every command at once.
final class Workers implements AutoCloseable {
  /// What a command is answered with.
  interface Answering {
    ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> command);
  }

  private static final List<String> COMMANDS =
      List.of(Topics.COMMANDS_MIGRATOR, Topics.COMMANDS_TRAFFIC, Topics.COMMANDS_EXPORTER);

  private final Map<String, Object> kafka;
  private final Answering answering;
  private final Thread thread;
  private volatile boolean open = true;

  private Workers(Map<String, Object> kafka, Answering answering) {
    this.kafka = kafka;
    this.answering = answering;
    this.thread = Thread.ofPlatform().name("workers").daemon().start(this::run);
  }

  static Workers start(Map<String, Object> kafka, Answering answering) {
    return new Workers(kafka, answering);
  }

  private void run() {
    var settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    try (var consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        var producer = new SafeProducer(kafka, "workers")) {
      var partitions = new ArrayList<TopicPartition>();
      COMMANDS.forEach(
          topic ->
              consumer
                  .partitionsFor(topic)
                  .forEach(p -> partitions.add(new TopicPartition(topic, p.partition()))));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (open) {
        var answers = new ArrayList<ProducerRecord<String, byte[]>>();
        consumer
            .poll(Duration.ofMillis(50))
            .forEach(command -> answers.add(answering.answer(command)));
        producer.send(answers);
      }
    }
  }

  @Override
  public void close() {
    open = false;
    try {
      thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
