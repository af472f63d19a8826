package io.changeover.bench;

import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.Lane;
import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.Outgoing;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.SendFailedException;
import io.changeover.planner.port.Source;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.port.UpgradeChange;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.changeover.planner.shell.jdbc.JdbcOutbox;
import io.changeover.planner.shell.kafka.Intake;
import io.changeover.planner.shell.kafka.KafkaConnector;
import io.changeover.planner.shell.kafka.Relay;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The same I/O without rules: the same records in and out of Kafka, the same transaction with the
/// same locks, rows and sizes; nothing is decoded, decided, hashed or logged.
final class FloorRun {
  private static final Logger LOG = LoggerFactory.getLogger(FloorRun.class);

  /// Commands go to the three workers' topics in turn, about as the phases of an upgrade do.
  private static final List<String> COMMANDS =
      List.of(Topics.COMMANDS_MIGRATOR, Topics.COMMANDS_TRAFFIC, Topics.COMMANDS_EXPORTER);

  private final Ledger ledger;
  private final Sizes sizes;

  private FloorRun(Ledger ledger, Sizes sizes) {
    this.ledger = ledger;
    this.sizes = sizes;
  }

  /// Bytes per message and row, as the rules make them.
  record Sizes(int report, int command, int entry, int state) {}

  static double completionsPerSecond(Bed bed, int upgrades, int threads, Sizes sizes)
      throws InterruptedException {
    var ledger = new JdbcLedger(bed.pool());
    var run = new FloorRun(ledger, sizes);
    run.seed(upgrades);
    var intakes = new ArrayList<Intake>();
    for (int i = 0; i < threads; i++) {
      var connector = new KafkaConnector(bed.kafka(), bed.group(), "floor-" + i, 2_000);
      var intake = new Intake(connector, run.new Handler(), Seams.NONE);
      intakes.add(intake);
      Thread.ofPlatform().name("floor-" + i).daemon().start(intake);
    }
    try (var producer = new SafeProducer(bed.kafka(), "floor-relay")) {
      var relay = new Relay(new JdbcOutbox(bed.pool()), producer, Seams.NONE);
      var relaying = Thread.ofPlatform().daemon().name("floor-relay").start(() -> publish(relay));
      Progress.await(bed.pool(), Progress.PUBLISHED, 1);
      long begin = System.nanoTime();
      var workers = Workers.start(bed.kafka(), run::answer);
      try {
        Progress.await(bed.pool(), "SELECT count(*) FROM state WHERE ended", upgrades);
        return Progress.rate(upgrades * (long) BenchClusters.PHASES, begin);
      } finally {
        workers.close();
        intakes.forEach(Intake::close);
        relaying.interrupt();
        relaying.join();
      }
    }
  }

  private static void publish(Relay relay) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (relay.publish() == 0) {
          Thread.sleep(2);
        }
      } catch (InterruptedException e) {
        return;
      } catch (SendFailedException e) {
        // A first write right after its topic was made can time out; the planner's relay tries
        // again as well.
        LOG.warn("The floor's relay tries again: {}", e.getMessage());
      }
    }
  }

  private void seed(int upgrades) {
    ledger.transact(
        transaction -> {
          transaction.lockLanes(IntStream.range(0, Lane.COUNT).boxed().toList());
          var changes = new ArrayList<UpgradeChange>();
          var lines = new ArrayList<JournalLine>();
          for (int i = 0; i < upgrades; i++) {
            var first = upgrade("cluster-" + i, 1);
            changes.add(new UpgradeChange(0, first));
            lines.add(line(first));
          }
          transaction.save(changes, lines);
          return upgrades;
        });
  }

  private StoredUpgrade upgrade(String id, long version) {
    var now = Instant.now();
    boolean ended = version > BenchClusters.PHASES;
    return new StoredUpgrade(
        id,
        id,
        Lane.of(id),
        version,
        ended ? "finished" : "advancing",
        !ended,
        ended,
        ended ? null : now.plusSeconds(600),
        now,
        now,
        null,
        new byte[32],
        new byte[sizes.state()]);
  }

  private JournalLine line(StoredUpgrade upgrade) {
    List<Outgoing> commands =
        upgrade.ended()
            ? List.of()
            : List.of(
                new Outgoing(
                    COMMANDS.get((int) (upgrade.version() % COMMANDS.size())),
                    Map.of("ce_id", upgrade.id() + "/" + upgrade.version()),
                    new byte[sizes.command()]));
    return new JournalLine(
        upgrade.lane(),
        upgrade.id(),
        upgrade.version(),
        upgrade.cluster(),
        upgrade.changedAt(),
        new byte[sizes.entry()],
        commands);
  }

  private ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> command) {
    return new ProducerRecord<>(Topics.REPORTS, command.key(), new byte[sizes.report()]);
  }

  private final class Handler implements Intake.Handler {
    @Override
    public Map<Source, Long> next(Collection<Source> sources) {
      return ledger.transact(transaction -> transaction.lockSources(sources));
    }

    @Override
    public void truncated(Source source, TopicPartition partition, long taken, long end) {
      throw new IllegalStateException("Expected a log that keeps its records");
    }

    @Override
    public void take(List<Intake.Taken> batch) {
      ledger.transact(transaction -> within(transaction, batch));
    }

    private int within(Ledger.Transaction transaction, List<Intake.Taken> batch) {
      var sources =
          batch.stream().map(Intake.Taken::source).collect(Collectors.toCollection(TreeSet::new));
      Map<Source, Long> next = new HashMap<>(transaction.lockSources(sources));
      var keys = batch.stream().map(taken -> taken.record().key()).distinct().toList();
      transaction.lockLanes(keys.stream().map(Lane::of).collect(Collectors.toSet()));
      var changes = new ArrayList<UpgradeChange>();
      var lines = new ArrayList<JournalLine>();
      for (StoredUpgrade stored : transaction.upgrades(keys)) {
        var after = upgrade(stored.id(), stored.version() + 1);
        changes.add(new UpgradeChange(stored.version(), after));
        lines.add(line(after));
      }
      transaction.save(changes, lines);
      batch.forEach(taken -> next.merge(taken.source(), taken.record().offset() + 1, Math::max));
      transaction.advance(next);
      return lines.size();
    }
  }
}
