package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.compare.Comparison;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.kongyml.Flattened;
import io.changeover.exporter.cassandra.kongyml.Homes;
import io.changeover.exporter.cassandra.kongyml.KongYmlTables;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The comparison after Kong's own import: equal but for what was accepted, which is counted.
final class KongYmlComparison {

  private KongYmlComparison() {}

  /// Whether the upgrade goes the way `kong-yml`.
  static boolean applies(PhaseContext context) {
    return context.cluster().datastore() instanceof CassandraDatastore cassandra
        && Ways.is(Way.KONG_YML, context, cassandra);
  }

  /// The file that was imported; empty when it is gone.
  static Optional<KongYmlFile> imported(PhaseContext context, CopyJob job) throws IOException {
    Optional<DumpPlaces> places = DumpPlaces.of(job.policy(), context.command());
    return places.isEmpty()
        ? Optional.empty()
        : KongYmlFile.find(places.get().artifactsFolder(), context.cluster().name());
  }

  static Outcome.Failed noFile(String about) {
    return Outcome.fatal(
        about + ": the manifest of the imported kong.yml is gone",
        "the manifest in `copy: artifacts` until the upgrade has ended",
        "put it back, or retry from the phase " + Actions.EXPORT);
  }

  /// @param before up to when, in microseconds since 1970, what green holds was imported
  static Outcome run(
      PhaseContext context,
      CopyJob job,
      Checkpoint checkpoint,
      PhaseWatch watch,
      String about,
      long before)
      throws InterruptedException, IOException {
    Optional<KongYmlFile> file = imported(context, job);
    if (file.isEmpty()) {
      return noFile(about);
    }
    UUID home = UUID.fromString(file.get().manifest().workspace());
    Optional<Problem> workspaces = Homes.adopted(job.target(), home);
    if (workspaces.isPresent()) {
      return CassandraFailures.of(List.of(workspaces.get()), about);
    }
    Flattened rule = new Flattened(file.get().manifest());
    Comparison.Result result = new Comparison(KongYmlTables.filled(job), watch, rule).run();
    Map<String, String> facts = new TreeMap<>(CompareWork.facts(result));
    facts.put(Facts.COMPARE_LOSSES, rule.text());
    facts.put(Facts.DUMP_LOSES, DumpPlaces.facts(file.get()).getOrDefault(Facts.DUMP_LOSES, ""));
    if (result.equal()) {
      checkpoint.equal(before);
      return Outcome.done(facts);
    }
    return Outcome.fatal(
            "%s: green's keyspace is not what an import makes of blue's, in %s: %s"
                .formatted(about, result.counts(), CompareWork.diff(result)),
            "the same entities, but for what was accepted at the gate",
            "find out who wrote to either side since the export, then retry from the phase export")
        .withFacts(facts);
  }
}
