package io.changeover.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Failure;
import io.changeover.messages.FailureKind;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.Rejected;
import io.changeover.messages.ReportKind;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import io.changeover.worker.testing.FakePhaseContext;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole kit on a real broker.
class WorkerIT {

  private static final String INSTANCE = "exporter-1";
  private static final String GROUP = "changeover-exporter";
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @TempDir static Path dir;

  private static Path inventory = Path.of(".");
  private static EmbeddedKafka kafka;
  private static KafkaProducer<String, byte[]> producer;

  private final ScriptedWork work = new ScriptedWork();
  private final String upgrade = UUID.randomUUID().toString();
  private ApplicationContext context;

  @BeforeAll
  static void startKafka() throws Exception {
    inventory = InventoryFile.write(dir, "one", "two");
    kafka = EmbeddedKafka.start(dir.resolve("kafka"), 0);
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    new TopicSetup(client, 3, 1).ensure(Duration.ofSeconds(60));
    producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stopKafka() {
    producer.close(Duration.ofSeconds(5));
    kafka.close();
  }

  @BeforeEach
  void startWorker() {
    context = worker(work);
  }

  @AfterEach
  void stopWorker() {
    context.close();
  }

  private static ApplicationContext worker(ScriptedWork work) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("changeover.worker.topic", Topics.COMMANDS_EXPORTER);
    settings.put("changeover.worker.name", "exporter");
    settings.put("changeover.worker.instance", INSTANCE);
    settings.put("changeover.inventory", inventory.toString());
    settings.put("micronaut.server.port", "-1");
    settings.put("kafka.health.enabled", "false");
    return ApplicationContext.builder(settings).singletons(work).start();
  }

  private PhaseCommand.Builder command(long order) {
    return FakePhaseContext.command("one", "backup")
        .setId(upgrade + "/backup/" + order)
        .setUpgrade(upgrade)
        .setAttempt((int) order)
        .setOrder(order)
        .setHeartbeatMillis(200);
  }

  private static void send(PhaseCommand command) throws Exception {
    producer
        .send(
            CloudEvents.record(
                Topics.COMMANDS_EXPORTER,
                command.getCluster(),
                command,
                command.getId(),
                command.getUpgrade(),
                "/planner",
                Instant.now(),
                TRACE))
        .get();
  }

  /// Every record of a topic that a test waits for, read from the beginning until the condition
  /// holds.
  private static List<ConsumerRecord<String, byte[]>> read(
      String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Until.isTrue(
          "records on " + topic,
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return enough.test(records);
          });
    }
    return records;
  }

  private List<PhaseReport> reportsUntil(Predicate<List<PhaseReport>> enough) {
    return mine(read(Topics.REPORTS, records -> enough.test(mine(records))));
  }

  private List<PhaseReport> mine(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(record -> (PhaseReport) decoded(record))
        .filter(report -> report.getUpgrade().equals(upgrade))
        .toList();
  }

  private static Object decoded(ConsumerRecord<String, byte[]> record) {
    try {
      return Codec.decode(record.value());
    } catch (io.changeover.schemas.UndecodableException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Predicate<List<PhaseReport>> ended(String commandId) {
    return reports ->
        reports.stream()
            .anyMatch(
                report ->
                    report.getId().startsWith(commandId + "/COMPLETED/")
                        || report.getId().startsWith(commandId + "/FAILED/"));
  }

  @Test
  void answers_a_command_with_started_progress_and_completed() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    work.on(
        upgrade + "/backup/1",
        running -> {
          go.await();
          return Outcome.done(Map.of("backup.rows", "7"));
        });
    send(command(1).build());
    reportsUntil(
        reports ->
            reports.stream().filter(report -> report.getKind() == ReportKind.PROGRESS).count()
                >= 2);
    go.countDown();
    List<PhaseReport> reports = reportsUntil(ended(upgrade + "/backup/1"));
    assertThat(reports.getFirst().getKind()).isEqualTo(ReportKind.STARTED);
    assertThat(reports.getLast().getKind()).isEqualTo(ReportKind.COMPLETED);
    assertThat(reports.getLast().getFacts()).containsEntry("backup.rows", "7");
  }

  @Test
  void sends_cloud_events_keyed_by_cluster_within_the_trace_of_the_command() throws Exception {
    send(command(1).build());
    reportsUntil(ended(upgrade + "/backup/1"));
    ConsumerRecord<String, byte[]> record =
        read(Topics.REPORTS, records -> ended(upgrade + "/backup/1").test(mine(records))).stream()
            .filter(
                found -> upgrade.equals(CloudEvents.header(found.headers(), CloudEvents.SUBJECT)))
            .findFirst()
            .orElseThrow();
    assertThat(record.key()).isEqualTo("one");
    assertThat(CloudEvents.header(record.headers(), CloudEvents.TRACEPARENT)).isEqualTo(TRACE);
    assertThat(CloudEvents.header(record.headers(), CloudEvents.SOURCE))
        .isEqualTo("/worker/exporter");
  }

  @Test
  void is_healthy_while_kafka_answers() {
    assertThat(context.getBean(WorkerHealth.class).getHealthInformation())
        .containsEntry("kafka", "answers");
  }

  @Test
  void drops_what_comes_twice() throws Exception {
    send(command(1).build());
    reportsUntil(ended(upgrade + "/backup/1"));
    send(command(1).build());
    send(command(2).build());
    reportsUntil(ended(upgrade + "/backup/2"));
    assertThat(work.began()).containsExactly(upgrade + "/backup/1", upgrade + "/backup/2");
  }

  @Test
  void lets_a_newer_command_cancel_the_older() throws Exception {
    work.on(upgrade + "/backup/1", ScriptedWork.untilCancelled());
    send(command(1).build());
    Until.isTrue("the first runs", () -> work.running() == 1);
    send(command(2).build());
    List<PhaseReport> reports = reportsUntil(ended(upgrade + "/backup/2"));
    assertThat(reports.getLast().getKind()).isEqualTo(ReportKind.COMPLETED);
    assertThat(ended(upgrade + "/backup/1").test(reports)).isTrue();
    assertThat(work.mostRunning()).isOne();
  }

  @Test
  void rejects_what_it_can_not_read_with_its_bytes_and_goes_on() throws Exception {
    byte[] bytes = ("garbage " + upgrade).getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(Topics.COMMANDS_EXPORTER, "one", bytes)).get();
    PhaseCommand forged = command(1).build();
    producer
        .send(new ProducerRecord<>(Topics.COMMANDS_EXPORTER, "two", Codec.encode(forged)))
        .get();
    send(command(2).build());
    reportsUntil(ended(upgrade + "/backup/2"));
    List<ConsumerRecord<String, byte[]>> records =
        read(Topics.REJECTED, found -> found.size() >= 2);
    List<Rejected> rejected = records.stream().map(record -> (Rejected) decoded(record)).toList();
    assertThat(rejected)
        .anySatisfy(
            one -> {
              assertThat(one.getValue().array()).isEqualTo(bytes);
              assertThat(one.getTopic()).isEqualTo(Topics.COMMANDS_EXPORTER);
              assertThat(one.getReason()).isNotBlank();
            })
        .anySatisfy(one -> assertThat(one.getReason()).contains("key and cluster 'one' differ"));
    assertThat(records)
        .extracting(record -> CloudEvents.header(record.headers(), "ce_reason"))
        .containsExactlyElementsOf(rejected.stream().map(Rejected::getReason).toList());
    assertThat(work.began()).containsExactly(upgrade + "/backup/2");
  }

  @Test
  void reports_expired_commands_and_unknown_clusters_as_failures() throws Exception {
    send(command(1).setDeadline(Instant.now().minusSeconds(60)).build());
    assertThat(failure(upgrade + "/backup/1").getKind()).isEqualTo(FailureKind.RETRYABLE);
    send(command(2).setCluster("nobody").build());
    Failure unknown = failure(upgrade + "/backup/2");
    assertThat(unknown.getKind()).isEqualTo(FailureKind.FATAL);
    assertThat(unknown.getReason()).contains(inventory.toString());

    Files.writeString(inventory.resolve("broken.yaml"), "clusters: oops");
    send(command(3).setCluster("nobody").build());
    Failure perhaps = failure(upgrade + "/backup/3");
    assertThat(perhaps.getKind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(perhaps.getReason()).contains("broken.yaml:1");
  }

  private Failure failure(String commandId) {
    return reportsUntil(ended(commandId)).stream()
        .filter(report -> report.getId().startsWith(commandId + "/FAILED/"))
        .map(PhaseReport::getFailure)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void takes_a_command_that_came_while_nobody_was_there() throws Exception {
    context.close();
    send(command(1).build());
    context = worker(work);
    reportsUntil(ended(upgrade + "/backup/1"));
    assertThat(work.began()).containsExactly(upgrade + "/backup/1");
  }

  @Test
  void does_a_new_attempt_after_a_crash_lost_the_one_before() throws Exception {
    work.on(upgrade + "/backup/1", ScriptedWork.untilCancelled());
    send(command(1).build());
    Until.isTrue("the first runs", () -> work.running() == 1);
    context.close();
    ScriptedWork next = new ScriptedWork();
    context = worker(next);
    send(command(2).build());
    List<PhaseReport> reports = reportsUntil(ended(upgrade + "/backup/2"));
    assertThat(reports.getLast().getKind()).isEqualTo(ReportKind.COMPLETED);
    assertThat(next.began()).containsExactly(upgrade + "/backup/2");
  }

  @Test
  void is_a_member_of_its_group_under_its_own_name() {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Until.isTrue(
          "the member has a name",
          () ->
              admin.describeConsumerGroups(List.of(GROUP)).describedGroups().values().stream()
                  .map(group -> group.toCompletionStage().toCompletableFuture().join())
                  .flatMap(group -> group.members().stream())
                  .anyMatch(member -> member.groupInstanceId().equals(Optional.of(INSTANCE))));
    }
  }
}
