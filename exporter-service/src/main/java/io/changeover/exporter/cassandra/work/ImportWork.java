package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.delta.DeltaPasses;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpImport;
import io.changeover.exporter.cassandra.dump.Manifest;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
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

/// The phase `import`: green's keyspace holds what the dump holds. A repeat imports what is not
/// there yet and reports the same.
@Singleton
public final class ImportWork implements PhaseWork {

  @Override
  public Set<String> actions() {
    return Set.of(Actions.IMPORT);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return DumpPhase.run(
        context,
        "Import",
        (datastore, green, places, about) -> {
          Optional<DumpFolder.Known> known =
              DumpFolder.manifest(places.artifacts(), places.key(), context.cluster().name());
          return known.isEmpty()
              ? DumpPhase.noDump(about, places.artifacts().place(), Actions.TRANSFER)
              : run(context, datastore, green, places, known.get(), about);
        },
        KongYmlPhases.load(context));
  }

  /// A dump is of one side; what it lacks is brought from the other, so that both are looked at.
  private static Outcome run(
      PhaseContext context,
      CassandraDatastore datastore,
      CassandraStore green,
      DumpPlaces places,
      DumpFolder.Known dump,
      String about)
      throws InterruptedException, IOException {
    try (Keyspace source = Keyspace.open(datastore.blue());
        Keyspace target = Keyspace.open(green)) {
      return switch (Preflight.look(source, target, datastore.copy())) {
        case Preflight.Refused(var problems) -> CassandraFailures.of(problems, about);
        case Preflight.Ready(CopyJob job) -> load(context, job, places, dump, about);
      };
    }
  }

  private static Outcome load(
      PhaseContext context, CopyJob job, DumpPlaces places, DumpFolder.Known dump, String about)
      throws InterruptedException, IOException {
    DumpImport work =
        new DumpImport(
            job.target(),
            job.policy(),
            places.artifacts(),
            places.key(),
            dump.manifest(),
            new PhaseWatch(context, rows -> Map.of(Facts.COPY_ROWS, Long.toString(rows))),
            WriteGate.Seam.NONE);
    try (Checkpoint checkpoint =
        Checkpoint.open(
            job.policy().folder(),
            context.cluster().name() + ".import",
            work.fingerprint(dump.sha256()),
            KeyspacePhase.micros(context.clock().instant()))) {
      List<Problem> problems = work.problems(checkpoint);
      return problems.isEmpty()
          ? followed(context, job, facts(dump, work.run(checkpoint), places), about)
          : CassandraFailures.of(problems, about);
    }
  }

  /// Brings over what blue has taken since the export.
  private static Outcome followed(
      PhaseContext context, CopyJob job, Map<String, String> imported, String about)
      throws InterruptedException, IOException {
    try (Checkpoint checkpoint = KeyspacePhase.checkpoint(context, job)) {
      PhaseWatch watch = new PhaseWatch(context, _ -> imported);
      DeltaPasses.Result delta = DeltaWork.afterCopy(context, job, checkpoint, watch);
      Map<String, String> facts = new TreeMap<>(imported);
      facts.putAll(DeltaWork.facts(delta));
      return delta.caughtUp()
          ? Outcome.done(facts)
          : DeltaWork.notCaughtUp(about, delta).withFacts(facts);
    }
  }

  private static Map<String, String> facts(
      DumpFolder.Known dump, DumpImport.Tally tally, DumpPlaces places) {
    Manifest manifest = dump.manifest();
    Map<String, String> facts = new TreeMap<>(DumpPlaces.facts(dump, places.artifactsFolder()));
    facts.put(Facts.COPY_ROWS, Long.toString(tally.rows()));
    facts.put(Facts.COPY_TABLES, Integer.toString(tally.tables()));
    facts.put(Facts.COPY_MS, Long.toString(tally.millis()));
    facts.put(
        Facts.COPY_ROWS_PER_SECOND,
        Long.toString(tally.rows() * 1000 / Math.max(1, tally.millis())));
    facts.put(Facts.COPY_TTL_ROWS, Long.toString(tally.ttlRows()));
    facts.put(Facts.COPY_SKIPPED, Long.toString(tally.skipped()));
    facts.put(Facts.COPY_LEFT, manifest.left());
    facts.put(Facts.COPY_TARGETS_BEFORE, Long.toString(manifest.targetsBefore()));
    facts.put(Facts.COPY_TARGETS_AFTER, Long.toString(manifest.targetsAfter()));
    facts.put(Facts.COPY_TARGETS_WEIGHT_ZERO, Long.toString(manifest.targetsWeightZero()));
    TableDigests config = manifest.digests();
    facts.put(Facts.DIGEST_CONFIG, config.whole());
    facts.put(Facts.DIGEST_TABLES, config.byTable());
    return facts;
  }
}
