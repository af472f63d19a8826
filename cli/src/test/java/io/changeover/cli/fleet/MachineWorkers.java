package io.changeover.cli.fleet;

import io.changeover.messages.Failure;
import io.changeover.messages.FailureKind;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// All three workers for any number of clusters, in one thread: commands come in, machines change,
/// reports go out.
final class MachineWorkers implements AutoCloseable {
  /// Its preflight fails for good.
  static final String HELD = "held";

  /// It never answers.
  static final String SILENT = "silent";

  /// Never answers either; its state is made unreadable meanwhile.
  static final String POISONED = "poisoned";

  private static final Set<String> UNANSWERED = Set.of(SILENT, POISONED);

  private final Map<String, ClusterMachine> machines = new ConcurrentHashMap<>();
  private final List<Throwable> faults = new ArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final Thread thread;
  private volatile boolean stopping;

  MachineWorkers(String servers) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "fetch.max.wait.ms", 20);
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 2),
            new StringSerializer(),
            new ByteArraySerializer());
    thread = Thread.ofPlatform().name("machines").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  ClusterMachine machine(String cluster) {
    return machines.computeIfAbsent(cluster, ClusterMachine::new);
  }

  List<Throwable> faults() {
    return List.copyOf(faults);
  }

  private void work() {
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic :
          List.of(Topics.COMMANDS_MIGRATOR, Topics.COMMANDS_TRAFFIC, Topics.COMMANDS_EXPORTER)) {
        consumer
            .partitionsFor(topic)
            .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopping) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          answer(Codec.decode(record.value()));
        }
      }
    } catch (UndecodableException | RuntimeException e) {
      faults.add(e);
    }
  }

  private void answer(SpecificRecord message) {
    if (!(message instanceof PhaseCommand command) || UNANSWERED.contains(command.getCluster())) {
      return;
    }
    report(command, ReportKind.STARTED, Map.of());
    if (command.getCluster().equals(HELD)) {
      report(command, ReportKind.FAILED, Map.of());
    } else {
      report(command, ReportKind.COMPLETED, machine(command.getCluster()).apply(command));
    }
  }

  private void report(PhaseCommand command, ReportKind kind, Map<String, String> facts) {
    Instant now = Instant.now();
    PhaseReport report =
        PhaseReport.newBuilder()
            .setId(command.getId() + "/" + kind)
            .setUpgrade(command.getUpgrade())
            .setCluster(command.getCluster())
            .setPhase(command.getPhase())
            .setAttempt(command.getAttempt())
            .setWorker("machines")
            .setKind(kind)
            .setAt(now)
            .setFacts(facts)
            .setFailure(
                kind == ReportKind.FAILED
                    ? Failure.newBuilder()
                        .setKind(FailureKind.FATAL)
                        .setReason("this cluster is held on purpose")
                        .build()
                    : null)
            .build();
    var _ =
        producer.send(
            CloudEvents.record(
                Topics.REPORTS,
                command.getCluster(),
                report,
                report.getId(),
                command.getUpgrade(),
                "/machines",
                now,
                null));
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
    producer.close();
  }
}
