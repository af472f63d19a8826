package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.delta.DeltaPasses;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.kongyml.HomeLens;
import io.changeover.exporter.cassandra.kongyml.Homes;
import io.changeover.exporter.cassandra.kongyml.KongYmlExport;
import io.changeover.exporter.cassandra.kongyml.KongYmlImport;
import io.changeover.exporter.cassandra.kongyml.KongYmlTables;
import io.changeover.exporter.cassandra.kongyml.KongsExport;
import io.changeover.exporter.cassandra.kongyml.SourceDigest;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.KongYmlManifest;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.KongVersion;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;

/// The phases `export`, `transfer` and `import` on the way `kong-yml`.
final class KongYmlPhases {

  private KongYmlPhases() {}

  /// The file lies at the source's side, whole. A repeat finds it, reads it again and reports the
  /// same, as long as blue's configuration is still the one that was exported.
  static DumpPhase.Work export(PhaseContext context) {
    return (datastore, green, places, about) -> export(context, datastore, green, places, about);
  }

  private static Outcome export(
      PhaseContext context,
      CassandraDatastore datastore,
      CassandraStore green,
      DumpPlaces places,
      String about)
      throws InterruptedException, IOException {
    try (Keyspace source = Keyspace.open(datastore.blue());
        Keyspace target = Keyspace.open(green)) {
      return switch (Preflight.look(source, target, datastore.copy())) {
        case Preflight.Refused(var problems) -> CassandraFailures.of(problems, about);
        case Preflight.Ready(CopyJob job) ->
            switch (Homes.of(source)) {
              case Homes.Home.Wrong(Problem problem) ->
                  CassandraFailures.of(List.of(problem), about);
              case Homes.Home.One(UUID home) -> {
                Optional<KongYmlFile> known = known(context, job, places);
                yield known.isPresent()
                    ? Outcome.done(exported(known.get()))
                    : written(context, job, home, places, about);
              }
            };
      };
    }
  }

  /// A whole file of what blue still is, by whom the inventory names.
  private static Optional<KongYmlFile> known(PhaseContext context, CopyJob job, DumpPlaces places)
      throws InterruptedException, IOException {
    Optional<KongYmlFile> file = KongYmlFile.find(places.folder(), context.cluster().name());
    if (file.isEmpty()
        || !file.get().isWhole()
        || !file.get().manifest().writer().equals(job.policy().export().word())) {
      return Optional.empty();
    }
    String now = SourceDigest.of(KongYmlTables.filled(job)).whole();
    return file.filter(known -> now.equals(digest(known.manifest()).get(Facts.DIGEST_CONFIG)));
  }

  private static Outcome written(
      PhaseContext context, CopyJob job, UUID home, DumpPlaces places, String about)
      throws InterruptedException, IOException {
    String cluster = context.cluster().name();
    return switch (job.policy().export()) {
      case CHANGEOVER ->
          outcome(
              new KongYmlExport(job, home, watch(context)).run(cluster, places.folder()), about);
      case KONG -> {
        String from = context.command().getFromVersion();
        Optional<KongVersion> version = context.cluster().version(from);
        if (version.isEmpty()) {
          yield noVersion(about, from);
        }
        KongTarget kong = KongYmlTarget.blue(job.source(), version.get());
        yield outcome(
            new KongsExport(job, home, kong, watch(context))
                .run(cluster, places.folder(), patience(context)),
            about);
      }
    };
  }

  private static Outcome outcome(KongYmlExport.Result result, String about) {
    return switch (result) {
      case KongYmlExport.Result.Refused(var problems) -> CassandraFailures.of(problems, about);
      case KongYmlExport.Result.Complete(KongYmlFile file) -> Outcome.done(exported(file));
    };
  }

  private static PhaseWatch watch(PhaseContext context) {
    return new PhaseWatch(context, rows -> Map.of(Facts.COPY_ROWS, Long.toString(rows)));
  }

  private static Map<String, String> exported(KongYmlFile file) {
    Map<String, String> facts = new TreeMap<>(DumpPlaces.facts(file));
    facts.putAll(digest(file.manifest()));
    return facts;
  }

  /// The file lies at the target's side, whole. A repeat reads it there again.
  static DumpPhase.Work transfer(PhaseContext context) {
    return (_, _, places, about) -> {
      Optional<KongYmlFile> known = KongYmlFile.find(places.folder(), context.cluster().name());
      if (known.isEmpty()) {
        return noFile(about, Actions.EXPORT);
      }
      context.ensureCurrent();
      return Outcome.done(DumpPlaces.facts(known.get().copyTo(places.artifactsFolder())));
    };
  }

  private static Outcome.Failed noVersion(String about, String version) {
    return Outcome.fatal(
        "%s: the inventory does not know the version %s".formatted(about, version),
        "an entry for it under `kong`",
        "add it, then retry the phase");
  }

  private static Outcome.Failed noFile(String about, String phase) {
    return Outcome.fatal(
        about + ": there is no kong.yml with its manifest",
        "the file that the phase %s leaves there".formatted(phase),
        "retry from the phase " + phase);
  }

  /// Green's keyspace holds what the file holds, and what nodes wrote while they served. A repeat
  /// imports only where that is not done, and reports the same.
  static DumpPhase.Work load(PhaseContext context) {
    return (datastore, green, places, about) -> {
      Optional<KongYmlFile> known =
          KongYmlFile.find(places.artifactsFolder(), context.cluster().name());
      if (known.isEmpty()) {
        return noFile(about, Actions.TRANSFER);
      }
      Optional<KongVersion> version = context.cluster().version(context.command().getToVersion());
      if (version.isEmpty()) {
        return noVersion(about, context.command().getToVersion());
      }
      KongYmlFile file = known.get().verified();
      try (Keyspace source = Keyspace.open(datastore.blue());
          Keyspace target = Keyspace.open(green)) {
        return switch (Preflight.look(source, target, datastore.copy())) {
          case Preflight.Refused(var problems) -> CassandraFailures.of(problems, about);
          case Preflight.Ready(CopyJob job) -> load(context, job, file, version.get(), about);
        };
      }
    };
  }

  private static Outcome load(
      PhaseContext context, CopyJob job, KongYmlFile file, KongVersion version, String about)
      throws InterruptedException, IOException {
    CopyJob filled = KongYmlTables.filled(job);
    String cluster = context.cluster().name();
    try (Checkpoint checkpoint =
        Checkpoint.open(
            job.policy().folder(),
            cluster + ".import",
            KongYmlImport.fingerprint(filled, file, context.command().getUpgrade()),
            KeyspacePhase.micros(context.clock().instant()))) {
      Optional<Problem> problem =
          new KongYmlImport(
                  filled,
                  file,
                  KongYmlTarget.green(context, job.target(), version),
                  version.nodes(),
                  watch(context),
                  cluster)
              .run(checkpoint, patience(context));
      if (problem.isPresent()) {
        return CassandraFailures.of(List.of(problem.get()), about);
      }
      UUID home = UUID.fromString(file.manifest().workspace());
      DeltaPasses.Result served =
          served(context, job, home, () -> KeyspacePhase.micros(context.clock().instant()));
      return served.caughtUp()
          ? Outcome.done(loaded(file, checkpoint.completeMillis().orElse(0)))
          : DeltaWork.notCaughtUp(about, served);
    }
  }

  /// What is left of the phase's time, less a tenth for the proof.
  private static Patience patience(PhaseContext context) {
    Duration left = Duration.between(context.clock().instant(), context.deadline());
    return Patience.changing(left.multipliedBy(9).dividedBy(10), context::cancelled);
  }

  /// Brings over what blue's nodes wrote while they served.
  ///
  /// @param frontier what only the target has, and was written before it, is blue's that blue has
  ///   deleted
  static DeltaPasses.Result served(
      PhaseContext context, CopyJob job, UUID home, LongSupplier frontier)
      throws InterruptedException, IOException {
    return new DeltaPasses(
            KongYmlTables.runtime(job).through(new HomeLens(home)),
            new PhaseWatch(context, _ -> Map.of()),
            WriteGate.Seam.NONE)
        .run(frontier);
  }

  private static Map<String, String> loaded(KongYmlFile file, long millis) {
    KongYmlManifest manifest = file.manifest();
    Map<String, String> facts = new TreeMap<>(DumpPlaces.facts(file));
    facts.put(Facts.COPY_ROWS, Long.toString(manifest.rows()));
    facts.put(Facts.COPY_TABLES, Integer.toString(manifest.entities().size()));
    facts.put(Facts.COPY_MS, Long.toString(millis));
    facts.put(
        Facts.COPY_ROWS_PER_SECOND, Long.toString(manifest.rows() * 1000 / Math.max(1, millis)));
    facts.put(Facts.COPY_TTL_ROWS, "0");
    facts.put(
        Facts.COPY_LEFT,
        String.join(
            ",",
            manifest.lost().keySet().stream().map(name -> name + ":not in the file").toList()));
    facts.put(Facts.COPY_TARGETS_BEFORE, Long.toString(manifest.targetsBefore()));
    facts.put(Facts.COPY_TARGETS_AFTER, Long.toString(manifest.targetsAfter()));
    facts.put(Facts.COPY_TARGETS_WEIGHT_ZERO, Long.toString(manifest.targetsWeightZero()));
    facts.putAll(digest(manifest));
    return facts;
  }

  private static Map<String, String> digest(KongYmlManifest manifest) {
    TableDigests config = new TableDigests();
    manifest
        .config()
        .forEach(
            (table, sums) -> {
              Map<String, DigestSum> all = new TreeMap<>();
              sums.forEach(
                  (workspace, sum) -> all.put(workspace, DigestSum.of(sum.rows(), sum.hex())));
              config.add(table, all);
            });
    return Map.of(Facts.DIGEST_CONFIG, config.whole(), Facts.DIGEST_TABLES, config.byTable());
  }
}
