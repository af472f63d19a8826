package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.delta.DeltaPasses;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.kongyml.KongYmlTables;
import io.changeover.exporter.cassandra.kongyml.SourceDigest;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The last pass after Kong's own import: what blue's nodes wrote while they served follows row by
/// row, with its time to live. Configuration does not; its digest tells whether it was changed.
final class KongYmlDelta {

  private KongYmlDelta() {}

  static Outcome run(PhaseContext context, CopyJob job, Checkpoint checkpoint, String about)
      throws InterruptedException, IOException {
    Optional<KongYmlFile> file = KongYmlComparison.imported(context, job);
    if (file.isEmpty()) {
      return KongYmlComparison.noFile(about);
    }
    DeltaPasses.Result served =
        KongYmlPhases.served(
            context,
            job,
            UUID.fromString(file.get().manifest().workspace()),
            () -> checkpoint.equalMicros().orElse(Long.MIN_VALUE));
    TableDigests config = SourceDigest.of(KongYmlTables.filled(job));
    Map<String, String> facts = new TreeMap<>(DeltaWork.facts(served));
    facts.put(Facts.DIGEST_CONFIG, config.whole());
    facts.put(Facts.DIGEST_TABLES, config.byTable());
    return served.caughtUp()
        ? Outcome.done(facts)
        : DeltaWork.notCaughtUp(about, served).withFacts(facts);
  }
}
