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
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty clusters go through all phases on a real planner, Kafka and PostgreSQL, twenty of them at
/// a time. One more is held, one never answers, and one has a state that does not read: they delay
/// nobody.
class FiftyClustersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int MAX_IN_FLIGHT = 20;

  private final Map<String, Timeline> timelines = new HashMap<>();
  private final Set<String> approved = new HashSet<>();

  @Test
  void fifty_clusters_finish_beside_a_held_a_silent_and_a_poisoned_one(@TempDir Path dir)
      throws Exception {
    List<String> sound = IntStream.range(0, 50).mapToObj("cluster-%02d"::formatted).toList();
    List<String> all =
        Stream.concat(
                Stream.of(MachineWorkers.POISONED, MachineWorkers.HELD, MachineWorkers.SILENT),
                sound.stream())
            .toList();
    Path inventory = Files.createDirectories(dir.resolve("inventory"));
    Files.writeString(inventory.resolve("fleet.yaml"), inventory(all));
    try (Deployment suite = Deployment.open(dir.resolve("suite"), FiftyClustersIT::say)) {
      suite.startGround(null, null);
      suite.startPlanner(
          inventory, Map.of("CHANGEOVER_PLANNER_MAX_IN_FLIGHT", Integer.toString(MAX_IN_FLIGHT)));
      suite.awaitServices();
      KafkaAccess kafka = KafkaAccess.of(suite.kafka());
      String database = suite.postgres() + "?user=postgres";
      try (MachineWorkers workers = new MachineWorkers(suite.kafka());
          StateTable states = StateTable.open(database)) {
        RequestSender sender = new RequestSender(kafka);
        sender.send(start(MachineWorkers.POISONED), Format.JSON);
        follow(kafka, sender, () -> running(MachineWorkers.POISONED));
        states.poison(timeline(MachineWorkers.POISONED).upgrade());
        all.stream().skip(1).forEach(cluster -> sender.send(start(cluster), Format.JSON));
        // Nobody answers yet, so that those beyond the limit have to wait.
        follow(
            kafka,
            sender,
            () -> {
              states.look();
              return states.mostQueued() > 0;
            });
        workers.start();
        follow(
            kafka,
            sender,
            () -> {
              states.look();
              return sound.stream().allMatch(this::ended);
            });

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
        assertThat(states.mostAdvancing()).isPositive().isLessThanOrEqualTo(MAX_IN_FLIGHT);
        assertThat(states.mostQueued()).isPositive();
        assertThat(states.quarantined())
            .containsExactly(timeline(MachineWorkers.POISONED).upgrade());
      }
      assertThat(JournalReading.audit(kafka, database, null).findings())
          .hasSize(all.size())
          .allSatisfy(
              finding -> {
                assertThat(finding.difference().isPresent())
                    .as(finding.toString())
                    .isEqualTo(finding.cluster().equals(MachineWorkers.POISONED));
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

  private boolean ended(String cluster) {
    return timelines.containsKey(cluster) && timeline(cluster).ended();
  }

  private boolean running(String cluster) {
    return timelines.containsKey(cluster) && !timeline(cluster).phases().isEmpty();
  }

  private void follow(KafkaAccess kafka, RequestSender sender, BooleanSupplier enough) {
    Instant deadline = Instant.now().plus(PATIENCE);
    timelines.clear();
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
              return now.isBefore(deadline) && !enough.getAsBoolean();
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
