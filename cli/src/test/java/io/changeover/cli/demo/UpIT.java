package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.JournalProof;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.Problem;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.machine.Machine;
import io.changeover.cli.suite.Archives;
import io.changeover.cli.suite.DataFolder;
import io.changeover.cli.suite.Home;
import io.changeover.cli.suite.Parts;
import io.changeover.cli.suite.Suite;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `up` and all that it started (Kafka, PostgreSQL, the services) die with -9 in the middle of an
/// upgrade under load; `up` on the same data goes on and ends the same. On the way Kafka alone and
/// PostgreSQL alone die too.
class UpIT {
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration SERVES = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(6);

  @TempDir Path folder;

  @Test
  void an_upgrade_survives_the_death_of_everything() throws Exception {
    Machine.wants("haproxy");
    try (var postgres = EmbeddedPostgresServer.start(folder.resolve("kong"), 0);
        var ground = DataFolder.take(folder.resolve("ground"));
        var suite = new Suite(ground, UpIT::say)) {
      Topology place = Topology.choose(folder, postgres.port());
      Parts parts = new Parts(Home.find(), ground, Archives.USE);
      try (DemoCluster cluster =
          DemoCluster.open(place, Home.find(), ground.root(), suite, parts)) {
        cluster.bootstrap();
        cluster.startBlue();
        cluster.startRouter(suite, parts, false);
        suite.await(SERVES, Parts.ROUTER, Parts.UPSTREAM);
        Load load = Load.start(suite, parts, Parts.LOAD, place.proxyPort(), cluster.plan().seed());
        upgrade(place, cluster, load);
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private void upgrade(Topology place, DemoCluster cluster, Load load) throws Exception {
    Path inventory = inventory(place);
    String upgrade = Ids.next();
    RunningUp first = RunningUp.start(inventory, folder.resolve("data"));
    new RequestSender(KafkaAccess.of(first.kafka()))
        .send(Asked.start(place, upgrade), RequestSender.Format.AVRO);
    Timeline before = follow(first.kafka(), upgrade, running("shift-25"));
    assertThat(before).as("in the middle of %s", before.phases()).matches(running("shift-25"));
    first.killAll();

    try (RunningUp second = RunningUp.start(inventory, folder.resolve("data"))) {
      follow(second.kafka(), upgrade, running("shift-50"));
      second.kill("KafkaMain");
      follow(second.kafka(), upgrade, running("soak"));
      second.kill("PostgresMain");
      Timeline after = follow(second.kafka(), upgrade, Timeline::ended);
      assertThat(after.state()).as("%s %s", after.hold(), after.phases()).isEqualTo("FINISHED");
      assertThat(after.entries()).isGreaterThan(before.entries());
      JournalProof proof =
          JournalProof.of(
              KafkaAccess.of(second.kafka()), upgrade, second.database() + "?user=postgres");
      assertThat(proof.holds()).as(proof.evidence()).isTrue();
    }
    LoadReport sent = load.stop();
    assertThat(Verdict.answered(sent, load.startedAt())).matches(Check::holds);
    assertThat(Verdict.flowed(sent)).matches(Check::holds);
    assertThat(cluster.migrationsListed()).matches(Check::holds);
  }

  private Path inventory(Topology place) throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    Files.writeString(
        inventory.resolve("demo.yaml"),
        InventoryFile.text(place, place.store().inventory(), Home.find()::standIn, "", SILENCE));
    return inventory;
  }

  private static Predicate<Timeline> running(String name) {
    return timeline ->
        timeline.phases().stream()
            .anyMatch(phase -> phase.name().equals(name) && phase.outcome().equals("running"));
  }

  /// Follows the journal from its beginning, saying yes at every gate, until that is so. A Kafka
  /// that was just killed takes its time.
  private static Timeline follow(String kafka, String upgrade, Predicate<Timeline> enough) {
    Instant deadline = Instant.now().plus(LONGEST);
    while (true) {
      try {
        return follow(kafka, upgrade, enough, deadline);
      } catch (Problem e) {
        if (Instant.now().isAfter(deadline)) {
          throw e;
        }
      }
    }
  }

  private static Timeline follow(
      String kafka, String upgrade, Predicate<Timeline> enough, Instant deadline) {
    Timeline timeline = new Timeline(upgrade);
    RequestSender sender = new RequestSender(KafkaAccess.of(kafka));
    new Journal(KafkaAccess.of(kafka))
        .follow(
            true,
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)) {
                timeline.add(entry);
              }
            },
            now -> {
              timeline
                  .openGate()
                  .ifPresent(
                      gate ->
                          sender.send(Asked.approval(upgrade, gate), RequestSender.Format.AVRO));
              return !enough.test(timeline) && timeline.hold().isEmpty() && now.isBefore(deadline);
            });
    return timeline;
  }
}
