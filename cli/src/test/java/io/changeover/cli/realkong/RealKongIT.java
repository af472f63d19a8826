package io.changeover.cli.realkong;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Deployment;
import io.changeover.messages.AnswerGate;
import io.changeover.messages.StartUpgrade;
import io.changeover.schemas.Ids;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Testcontainers;

/// The suite, as `changeover up` starts it, moves real Kong 2.1.4 to real Kong 2.2.2. Runs where
/// Docker is.
@Testcontainers(disabledWithoutDocker = true)
class RealKongIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger good = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void real_kong_is_upgraded_with_no_request_lost(@TempDir Path folder) throws Exception {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    try (var kong = new KongContainers();
        var suite = Deployment.open(folder.resolve("data"), RealKongIT::say)) {
      kong.start();
      kong.writeInventory(inventory, folder);
      suite.start(inventory, null, null);
      Thread client = Thread.ofVirtual().start(() -> load(kong.entrance()));
      Timeline upgrade = upgrade(KafkaAccess.of(suite.kafka()));
      over.set(true);
      client.join();

      assertThat(upgrade.state()).as("%s", upgrade.hold()).isEqualTo("FINISHED");
      assertThat(failed).hasValue(0);
      assertThat(good).hasPositiveValue();
      assertThat(kong.exitOfGreensList()).isZero();
      assertThat(kong.exitOfBluesHealth()).isEqualTo(1);
    }
  }

  private static Timeline upgrade(KafkaAccess kafka) throws InterruptedException {
    var sender = new RequestSender(kafka);
    sender.send(
        StartUpgrade.newBuilder()
            .setId(Ids.next())
            .setCluster("real")
            .setToVersion("2.2.2")
            .setBy("test")
            .build(),
        RequestSender.Format.AVRO);
    boolean approved = false;
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      Timeline now = read(kafka);
      if (now.ended() || now.hold().isPresent() || Instant.now().isAfter(deadline)) {
        return now;
      }
      if (!approved && now.openGate().isPresent()) {
        sender.send(
            AnswerGate.newBuilder()
                .setId(Ids.next())
                .setCluster("real")
                .setGate(now.openGate().orElseThrow())
                .setBy("test")
                .build(),
            RequestSender.Format.AVRO);
        approved = true;
      }
      Thread.sleep(500);
    }
  }

  private static Timeline read(KafkaAccess kafka) {
    var timeline = new Timeline("");
    new Journal(kafka)
        .read(
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)) {
                timeline.add(entry);
              }
            });
    return timeline;
  }

  /// About 100 requests a second; whatever is not 200 is a lost request.
  private void load(URI entrance) {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(entrance).timeout(Duration.ofSeconds(10)).build();
      while (!over.get()) {
        try {
          var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
          (answer.statusCode() == 200 ? good : failed).incrementAndGet();
        } catch (IOException lost) {
          failed.incrementAndGet();
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
