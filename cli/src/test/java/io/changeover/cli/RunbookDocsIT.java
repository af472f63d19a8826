package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import io.changeover.messages.AbortUpgrade;
import io.changeover.messages.AnswerGate;
import io.changeover.messages.InstallCluster;
import io.changeover.messages.PauseUpgrade;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.ResumeUpgrade;
import io.changeover.messages.RetryPhase;
import io.changeover.messages.RunbookRequested;
import io.changeover.messages.StartUpgrade;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Inbound;
import io.changeover.schemas.Messages;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the very lines of docs/runbooks.md with kcat, and reads what they wrote as the planner
/// does.
class RunbookDocsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start(@TempDir Path dir) throws InterruptedException {
    Machine.needs("kcat");
    kafka = EmbeddedKafka.start(dir, 0);
    new TopicSetup(Map.of("bootstrap.servers", kafka.bootstrapServers()), 1, 1).ensure(PATIENCE);
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void every_line_to_paste_is_understood() throws Exception {
    List<String> lines =
        documentedLines().stream().filter(line -> line.contains("kcat -P")).toList();
    long requestsFrom = end(Topics.REQUESTS);
    long reportsFrom = end(Topics.REPORTS);
    for (String line : lines) {
      runInShell(line);
    }

    List<SpecificRecord> requests = read(Topics.REQUESTS, Messages.REQUESTS, requestsFrom, 11);
    List<SpecificRecord> reports = read(Topics.REPORTS, Messages.REPORTS, reportsFrom, 3);
    assertThat(lines).hasSize(14);
    assertThat(requests)
        .extracting(Object::getClass)
        .isEqualTo(
            List.of(
                StartUpgrade.class,
                StartUpgrade.class,
                StartUpgrade.class,
                InstallCluster.class,
                AnswerGate.class,
                AnswerGate.class,
                PauseUpgrade.class,
                ResumeUpgrade.class,
                AbortUpgrade.class,
                RetryPhase.class,
                StartUpgrade.class));
    assertThat(((StartUpgrade) requests.get(1)).getAcknowledgements())
        .containsExactly("backup-off");
    assertThat(((StartUpgrade) requests.get(2)).getAcceptDowntime())
        .containsExactly("1.3-1.5", "1.5-2.1");
    assertThat(((StartUpgrade) requests.get(10)).getToVersion()).isEqualTo("2.2.2+oauth2");
    assertThat(((StartUpgrade) requests.get(10)).getPlugins()).containsExactly("oauth2");
    assertThat(((AnswerGate) requests.get(5)).getAnswer()).isEqualTo("REJECTED");
    assertThat(reports)
        .extracting(report -> ((PhaseReport) report).getKind())
        .containsExactly(ReportKind.STARTED, ReportKind.COMPLETED, ReportKind.FAILED);
  }

  @Test
  void the_sample_answers_a_runbook(@TempDir Path dir) throws Exception {
    Machine.needs("jq");
    Path program =
        Files.writeString(
            dir.resolve("provision.sh"), "#!/bin/sh\necho nodes.running=2 nodes.healthy=2\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    RunbookRequested asked = requested();
    send(asked);

    long from = end(Topics.REPORTS);
    Process sample =
        shell(
            "ONCE=1 GROUP=sample timeout 60 %s provision-nodes %s"
                .formatted(root().resolve("examples/runbooks/provision-nodes.sh"), program));
    assertThat(sample.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    List<SpecificRecord> answers = read(Topics.REPORTS, Messages.REPORTS, from, 2);
    PhaseReport done = (PhaseReport) answers.get(1);
    assertThat(((PhaseReport) answers.get(0)).getKind()).isEqualTo(ReportKind.STARTED);
    assertThat(done.getKind()).isEqualTo(ReportKind.COMPLETED);
    assertThat(done.getUpgrade()).isEqualTo(asked.getUpgrade());
    assertThat(done.getPhase()).isEqualTo(asked.getPhase());
    assertThat(done.getAttempt()).isEqualTo(asked.getAttempt());
    assertThat(done.getFacts())
        .containsOnly(Map.entry("nodes.running", "2"), Map.entry("nodes.healthy", "2"));
  }

  private static RunbookRequested requested() {
    return RunbookRequested.newBuilder()
        .setId("u1/start-green/2")
        .setUpgrade("u1")
        .setCluster("payments-eu")
        .setPhase("start-green")
        .setRunbook("provision-nodes")
        .setAttempt(2)
        .setOrder(7)
        .setFromVersion("2.1.4")
        .setToVersion("2.2.2")
        .setSide("green")
        .setIssuedAt(Instant.now())
        .setDeadline(Instant.now().plus(PATIENCE))
        .build();
  }

  private static void send(RunbookRequested request) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              CloudEvents.record(
                  Topics.COMMANDS_RUNBOOK,
                  request.getCluster(),
                  request,
                  request.getId(),
                  request.getUpgrade(),
                  "/planner",
                  Instant.now(),
                  null))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static List<String> documentedLines() throws Exception {
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(root().resolve("docs").resolve("runbooks.md"))) {
      if (line.startsWith("```")) {
        code = line.equals("```sh");
      } else if (code) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static void runInShell(String line) throws Exception {
    Process process = shell(line);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(line).isTrue();
    assertThat(process.exitValue()).as(line).isZero();
  }

  private static Process shell(String line) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", line).inheritIO();
    builder.environment().put("BROKER", kafka.bootstrapServers());
    return builder.start();
  }

  private static Path root() {
    return Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  }

  private static long end(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
  }

  private static List<SpecificRecord> read(
      String topic, List<Schema> accepted, long from, int count) throws Exception {
    List<SpecificRecord> messages = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (messages.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          messages.add(Inbound.read(record, accepted));
        }
      }
    }
    return messages;
  }

  private static KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
