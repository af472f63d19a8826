package io.changeover.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.JournalReading;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.RequestSender.Format;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Deployment;
import io.changeover.messages.AnswerGate;
import io.changeover.messages.StartUpgrade;
import io.changeover.schemas.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty clusters go through all phases at once on a real planner, Kafka and PostgreSQL. One more
/// is held and one never answers: they delay nobody.
class FiftyClustersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Map<String, Timeline> timelines = new HashMap<>();
  private final Set<String> approved = new HashSet<>();

  @Test
  void fifty_clusters_finish_beside_one_that_is_held_and_one_that_is_silent(@TempDir Path dir)
      throws Exception {
    List<String> sound = IntStream.range(0, 50).mapToObj("cluster-%02d"::formatted).toList();
    List<String> all =
        Stream.concat(sound.stream(), Stream.of(MachineWorkers.HELD, MachineWorkers.SILENT))
            .toList();
    Path inventory = Files.createDirectories(dir.resolve("inventory"));
    Files.writeString(inventory.resolve("fleet.yaml"), inventory(all));
    try (Deployment suite = Deployment.open(dir.resolve("suite"), FiftyClustersIT::say)) {
      suite.startGround(null, null);
      suite.startPlanner(inventory, Map.of());
      suite.awaitServices();
      KafkaAccess kafka = KafkaAccess.of(suite.kafka());
      try (MachineWorkers workers = new MachineWorkers(suite.kafka())) {
        workers.start();
        RequestSender sender = new RequestSender(kafka);
        all.forEach(cluster -> sender.send(start(cluster), Format.JSON));
        follow(kafka, sender, sound);

        assertThat(workers.faults()).isEmpty();
        assertThat(sound)
            .allSatisfy(
                cluster -> {
                  assertThat(timeline(cluster).state()).as(cluster).isEqualTo("FINISHED");
                  assertThat(workers.machine(cluster).violations()).as(cluster).isEmpty();
                  assertThat(workers.machine(cluster).upgraded()).as(cluster).isTrue();
                });
        assertThat(timeline(MachineWorkers.HELD).state()).isEqualTo("HELD");
        assertThat(timeline(MachineWorkers.SILENT).ended()).isFalse();
      }
      assertThat(JournalReading.audit(kafka, suite.postgres() + "?user=postgres", null).findings())
          .hasSize(all.size())
          .allSatisfy(
              finding -> {
                assertThat(finding.difference()).isEmpty();
                assertThat(finding.compared()).isTrue();
              });
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private Timeline timeline(String cluster) {
    return Objects.requireNonNull(timelines.get(cluster), cluster);
  }

  private void follow(KafkaAccess kafka, RequestSender sender, List<String> sound) {
    Instant deadline = Instant.now().plus(PATIENCE);
    new Journal(kafka)
        .follow(
            true,
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)) {
                timelines
                    .computeIfAbsent(entry.getCluster(), any -> new Timeline(entry.getUpgrade()))
                    .add(entry);
              }
            },
            now -> {
              timelines.values().stream()
                  .filter(timeline -> timeline.openGate().isPresent())
                  .filter(timeline -> approved.add(timeline.cluster()))
                  .forEach(timeline -> sender.send(approval(timeline.cluster()), Format.JSON));
              return now.isBefore(deadline)
                  && !sound.stream()
                      .allMatch(
                          cluster -> timelines.containsKey(cluster) && timeline(cluster).ended());
            });
  }

  private static StartUpgrade start(String cluster) {
    return StartUpgrade.newBuilder()
        .setId(Ids.next())
        .setCluster(cluster)
        .setToVersion("2.2.2")
        .setBy("test")
        .build();
  }

  private static AnswerGate approval(String cluster) {
    return AnswerGate.newBuilder()
        .setId(Ids.next())
        .setCluster(cluster)
        .setGate("confirm")
        .setBy("test")
        .build();
  }

  private static String inventory(List<String> clusters) {
    StringBuilder text = new StringBuilder("clusters:\n");
    clusters.forEach(
        name ->
            text.append(
                """
                  - name: %s
                    serving: "2.1.4"
                    datastore:
                      postgres: {host: 127.0.0.1, port: 5432, database: kong, schema: public, user: kong, password: "${env:NONE}"}
                    kong:
                      "2.1.4":
                        command: [kong]
                        nodes: [{name: blue-1, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:2"}]
                      "2.2.2":
                        command: [kong]
                        nodes: [{name: green-1, admin: "http://127.0.0.1:3", proxy: "http://127.0.0.1:4"}]
                    router:
                      haproxy: {runtime: "tcp://127.0.0.1:5", backend: kong_proxy}
                    upgrade:
                      backup: copy
                      backupDir: /tmp/none
                      steps: [{setWeight: 10}, {setWeight: 100}]
                      soak: 1s
                      heartbeat: {interval: 5s, timeout: 60s}
                """
                    .formatted(name)));
    return text.toString();
  }
}
