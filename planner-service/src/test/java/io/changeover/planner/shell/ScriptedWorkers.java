package io.changeover.planner.shell;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.RunbookRequested;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// All workers in one thread: reads every command topic, drops repeats by id as workers must, and
/// answers at once by its script. Remembers every delivery.
final class ScriptedWorkers implements AutoCloseable {
  private static final List<String> COMMANDS =
      List.of(
          Topics.COMMANDS_MIGRATOR,
          Topics.COMMANDS_TRAFFIC,
          Topics.COMMANDS_EXPORTER,
          Topics.COMMANDS_RUNBOOK);

  private final Map<String, Object> kafka;
  private final SafeProducer producer;
  private final Map<String, List<SpecificRecord>> deliveries = new ConcurrentHashMap<>();
  private final Map<String, Function<SpecificRecord, List<PhaseReport>>> scripts =
      new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean open = true;

  ScriptedWorkers(Map<String, Object> kafka) {
    this.kafka = kafka;
    this.producer = new SafeProducer(kafka, "scripted-workers");
    this.thread = Thread.ofPlatform().name("scripted-workers").daemon().start(this::run);
  }

  /// How commands of a cluster are answered, in the place of success.
  void script(String cluster, Function<SpecificRecord, List<PhaseReport>> script) {
    scripts.put(cluster, script);
  }

  /// Every delivery of commands, by the command's id.
  Map<String, List<SpecificRecord>> deliveries() {
    return deliveries;
  }

  /// Names of the phases commanded of an upgrade.
  boolean commanded(String upgrade, String phase) {
    return deliveries.keySet().stream().anyMatch(id -> id.startsWith(upgrade + "/" + phase + "/"));
  }

  static PhaseReport completed(SpecificRecord message) {
    return switch (message) {
      case PhaseCommand command ->
          report(
                  command.getId(),
                  command.getUpgrade(),
                  command.getCluster(),
                  command.getPhase(),
                  command.getAttempt(),
                  ReportKind.COMPLETED)
              .setFacts(PhaseFacts.of(command))
              .build();
      case RunbookRequested runbook ->
          report(
                  runbook.getId(),
                  runbook.getUpgrade(),
                  runbook.getCluster(),
                  runbook.getPhase(),
                  runbook.getAttempt(),
                  ReportKind.COMPLETED)
              .build();
      default -> throw new AssertionError("no command: " + message.getSchema().getName());
    };
  }

  static PhaseReport.Builder report(
      String command, String upgrade, String cluster, String phase, int attempt, ReportKind kind) {
    return PhaseReport.newBuilder()
        .setId(command + "/" + kind + "/1")
        .setUpgrade(upgrade)
        .setCluster(cluster)
        .setPhase(phase)
        .setAttempt(attempt)
        .setWorker("scripted")
        .setKind(kind)
        .setAt(Instant.now());
  }

  private void run() {
    var settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
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
            .forEach(record -> take(record.value()).forEach(a -> answers.add(message(a))));
        producer.send(answers);
      }
    }
  }

  private List<PhaseReport> take(byte[] body) {
    SpecificRecord command = decoded(body);
    var id = String.valueOf(command.get(command.getSchema().getField("id").pos()));
    var cluster = String.valueOf(command.get(command.getSchema().getField("cluster").pos()));
    var before = deliveries.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>());
    before.add(command);
    if (before.size() > 1) {
      return List.of();
    }
    var script = scripts.get(cluster);
    return script == null ? List.of(completed(command)) : script.apply(command);
  }

  private static SpecificRecord decoded(byte[] body) {
    try {
      return Codec.decode(body);
    } catch (UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  static ProducerRecord<String, byte[]> message(PhaseReport report) {
    return CloudEvents.record(
        Topics.REPORTS,
        report.getCluster(),
        report,
        report.getId(),
        report.getUpgrade(),
        "/scripted",
        report.getAt(),
        null);
  }

  @Override
  public void close() {
    open = false;
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
