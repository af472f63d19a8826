package io.changeover.bench;

import io.changeover.messages.StartUpgrade;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.SendFailedException;
import io.changeover.planner.shell.PlannerEngine;
import io.changeover.planner.shell.PlannerSettings;
import io.changeover.planner.shell.jdbc.JdbcCensus;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.changeover.planner.shell.jdbc.JdbcOutbox;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The real planner: its rules, its I/O, instant workers.
final class RulesRun {
  private static final int TRIES = 3;

  private RulesRun() {}

  /// Completions per second, from the first answer of the workers to the last upgrade's end.
  static double completionsPerSecond(Bed bed, int upgrades, int threads)
      throws InterruptedException {
    var settings = settings(bed, upgrades, threads);
    var parts =
        new PlannerEngine.Parts(
            new JdbcLedger(bed.pool()),
            new JdbcOutbox(bed.pool()),
            new JdbcCensus(bed.pool()),
            new BenchClusters(),
            InstantSource.system(),
            new SimpleMeterRegistry(),
            Seams.NONE);
    try (var planner = new PlannerEngine(settings, parts)) {
      planner.start();
      request(bed, upgrades);
      Progress.await(bed.pool(), "SELECT count(*) FROM state WHERE stage = 'advancing'", upgrades);
      Progress.await(bed.pool(), Progress.PUBLISHED, 1);
      long begin = System.nanoTime();
      var workers = Workers.start(bed.kafka(), new InstantWork());
      try {
        Progress.await(bed.pool(), "SELECT count(*) FROM state WHERE stage = 'finished'", upgrades);
        return Progress.rate(upgrades * (long) BenchClusters.PHASES, begin);
      } finally {
        workers.close();
      }
    }
  }

  private static PlannerSettings settings(Bed bed, int upgrades, int threads) {
    return new PlannerSettings(
        bed.kafka(),
        "bench",
        bed.group(),
        Bed.PARTITIONS,
        1,
        upgrades,
        threads,
        2_000,
        262_144,
        Duration.ofMillis(100),
        Duration.ofSeconds(60));
  }

  private static void request(Bed bed, int upgrades) {
    var requests = new ArrayList<ProducerRecord<String, byte[]>>();
    IntStream.range(0, upgrades).mapToObj(RulesRun::start).forEach(requests::add);
    try (var producer = new SafeProducer(bed.kafka(), "requests")) {
      int tries = 1;
      while (!sent(producer, requests, tries)) {
        tries++;
      }
    }
  }

  /// A first write right after its topic was made can time out; what is sent twice is dropped by
  /// its id.
  private static boolean sent(
      SafeProducer producer, List<ProducerRecord<String, byte[]>> requests, int tries) {
    try {
      producer.send(requests);
      return true;
    } catch (SendFailedException e) {
      if (tries == TRIES) {
        throw e;
      }
      return false;
    }
  }

  private static ProducerRecord<String, byte[]> start(int number) {
    var request =
        StartUpgrade.newBuilder()
            .setId("upgrade-" + number)
            .setCluster("cluster-" + number)
            .setToVersion("2.2.2")
            .setBy("bench")
            .build();
    return CloudEvents.record(
        Topics.REQUESTS,
        request.getCluster(),
        request,
        request.getId(),
        request.getId(),
        "/bench",
        Instant.now(),
        null);
  }
}
