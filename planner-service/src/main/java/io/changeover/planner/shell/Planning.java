package io.changeover.planner.shell;

import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.LedgerUnavailableException;
import io.changeover.planner.port.SendFailedException;
import io.changeover.planner.port.Source;
import io.changeover.planner.shell.kafka.Intake;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the batches of the intake: reads, transacts, and keeps one bad record from stopping the
/// others.
final class Planning implements Intake.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

  private final Ledger ledger;
  private final RecordReader reader;
  private final BatchTransaction transaction;
  private final Observers observers;

  Planning(Ledger ledger, RecordReader reader, BatchTransaction transaction, Observers observers) {
    this.ledger = ledger;
    this.reader = reader;
    this.transaction = transaction;
    this.observers = observers;
  }

  @Override
  public Map<Source, Long> next(Collection<Source> sources) {
    return ledger.transact(transaction -> transaction.lockSources(sources));
  }

  @Override
  public void truncated(Source source, TopicPartition partition, long taken, long end) {
    LOG.error(
        "Expected {} to reach offset {}, which was taken, but it ends at {}: Kafka lost records."
            + " Going on from its end.",
        partition,
        taken,
        end);
    ledger.transact(
        transaction -> {
          transaction.lockSources(List.of(source));
          transaction.advance(Map.of(source, end));
          return end;
        });
  }

  @Override
  public void take(List<Intake.Taken> batch) {
    takeAll(batch.stream().map(taken -> reader.read(taken.source(), taken.record())).toList());
  }

  /// A batch that breaks is taken in halves, down to the one record that breaks it.
  private void takeAll(List<Received> batch) {
    try {
      observers.saw(transaction.take(batch));
    } catch (LedgerUnavailableException | LedgerConflictException | SendFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        reject(batch.getFirst(), e);
      } else {
        takeAll(batch.subList(0, batch.size() / 2));
        takeAll(batch.subList(batch.size() / 2, batch.size()));
      }
    }
  }

  private void reject(Received received, RuntimeException e) {
    LOG.error(
        "Expected to take {}-{}@{}, but it breaks the planner: a fault of ours",
        received.record().topic(),
        received.record().partition(),
        received.record().offset(),
        e);
    observers.saw(
        transaction.reject(
            received, "message that breaks the planner (" + e.getClass().getSimpleName() + ")"));
  }
}
