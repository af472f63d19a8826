package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.JournalProof;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Home;
import io.changeover.messages.InstallCluster;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that serves nothing, on an empty database: one message, and its nodes serve.
@Tag("deep")
class FreshInstallIT {
  @TempDir Path folder;

  @Test
  void one_message_makes_a_cluster_of_an_empty_database() throws Exception {
    try (var postgres = EmbeddedPostgresServer.start(folder.resolve("kong"), 0)) {
      Topology place =
          Topology.choose(
              folder,
              new OnPostgres(postgres.port(), folder.resolve("backups")),
              List.of(Fleet.choose(folder, "green", Topology.TO, KongStore.User.GREEN)));
      place.store().create();
      try (RunningUp up = RunningUp.start(inventory(place), folder.resolve("data"))) {
        String install = Ids.next();
        send(up.kafka(), install);
        Timeline timeline = UpIT.follow(up.kafka(), install, Timeline::ended);

        assertThat(timeline.state())
            .as("%s %s %s", timeline.hold(), timeline.refusals(), timeline.phases())
            .isEqualTo("FINISHED");
        assertThat(timeline.procedure()).isEqualTo("fresh-install");
        assertThat(timeline.phases())
            .extracting(Timeline.PhaseLine::name)
            .containsExactly("preflight", "bootstrap", "start-green", "verify");
        assertThat(running(place)).containsExactly("green-1", "green-2");
        JournalProof proof =
            JournalProof.of(KafkaAccess.of(up.kafka()), install, up.database() + "?user=postgres");
        assertThat(proof.holds()).as(proof.evidence()).isTrue();
      } finally {
        StandIn.end(place.green().stream().map(NodePlace::prefix).toList());
      }
    }
  }

  private static List<String> running(Topology place) {
    return place.green().stream()
        .filter(node -> StandIn.process(node.prefix()).isPresent())
        .map(NodePlace::name)
        .toList();
  }

  private Path inventory(Topology place) throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    Files.writeString(
        inventory.resolve("fresh.yaml"),
        InventoryFile.text(place, Home.find()::standIn, "", Duration.ofSeconds(20)));
    return inventory;
  }

  private static void send(String kafka, String install) {
    new RequestSender(KafkaAccess.of(kafka))
        .send(
            InstallCluster.newBuilder()
                .setId(install)
                .setCluster(Topology.CLUSTER)
                .setBy("FreshInstallIT")
                .build(),
            RequestSender.Format.AVRO);
  }
}
