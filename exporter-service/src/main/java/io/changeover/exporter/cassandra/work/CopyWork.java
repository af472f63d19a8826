package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.BaseCopy;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.CopyTally;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.delta.DeltaPasses;
import io.changeover.exporter.cassandra.plan.Left;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.inventory.CopyPolicy;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The phase `copy`: green's keyspace holds what blue's holds. A repeat copies what is not there
/// yet and reports the same.
@Singleton
public final class CopyWork implements PhaseWork {

  @Override
  public Set<String> actions() {
    return Set.of(Actions.COPY);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return KeyspacePhase.run(
        context,
        "Copy",
        CopyPolicy.Way.COPY,
        (job, checkpoint, about) -> copy(context, job, checkpoint, about));
  }

  private static Outcome copy(
      PhaseContext context, CopyJob job, Checkpoint checkpoint, String about)
      throws InterruptedException, IOException {
    PhaseWatch watch =
        new PhaseWatch(context, rows -> Map.of(Facts.COPY_ROWS, Long.toString(rows)));
    Optional<Problem> problem = begin(context, job, checkpoint, watch);
    if (problem.isPresent()) {
      return CassandraFailures.of(List.of(problem.get()), about);
    }
    CopyTally tally = new BaseCopy(job, checkpoint, watch, WriteGate.Seam.NONE).run();
    DeltaPasses.Result delta = DeltaWork.afterCopy(context, job, checkpoint, watch);
    Map<String, String> facts = facts(job, tally, delta);
    return delta.caughtUp()
        ? Outcome.done(facts)
        : DeltaWork.notCaughtUp(about, delta).withFacts(facts);
  }

  private static Optional<Problem> begin(
      PhaseContext context, CopyJob job, Checkpoint checkpoint, PhaseWatch watch)
      throws InterruptedException, IOException {
    if (!checkpoint.begun()) {
      Optional<Problem> foreign = TargetRows.foreign(job, watch);
      if (foreign.isPresent()) {
        return foreign;
      }
      checkpoint.begin();
    }
    context.ensureCurrent();
    return TargetRows.replaceDefaultWorkspace(job);
  }

  private static Map<String, String> facts(CopyJob job, CopyTally tally, DeltaPasses.Result delta) {
    Map<String, String> facts = new TreeMap<>(DeltaWork.facts(delta));
    facts.put(Facts.COPY_ROWS, Long.toString(tally.rows()));
    facts.put(Facts.COPY_TABLES, Integer.toString(tally.tables()));
    facts.put(Facts.COPY_MS, Long.toString(tally.millis()));
    facts.put(
        Facts.COPY_ROWS_PER_SECOND,
        Long.toString(tally.rows() * 1000 / Math.max(1, tally.millis())));
    facts.put(Facts.COPY_TTL_ROWS, Long.toString(tally.ttlRows()));
    facts.put(Facts.COPY_SKIPPED, Long.toString(tally.skipped()));
    facts.put(Facts.COPY_TARGETS_BEFORE, Long.toString(tally.fold().before()));
    facts.put(Facts.COPY_TARGETS_AFTER, Long.toString(tally.fold().after()));
    facts.put(Facts.COPY_TARGETS_WEIGHT_ZERO, Long.toString(tally.fold().weightZero()));
    facts.put(
        Facts.COPY_LEFT,
        job.plan().left().stream().map(Left::toString).collect(Collectors.joining(",")));
    facts.put(Facts.DIGEST_CONFIG, tally.config().whole());
    facts.put(Facts.DIGEST_TABLES, tally.config().byTable());
    return facts;
  }
}
