package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.dump.BrokenDumpException;
import io.changeover.exporter.cassandra.dump.DumpExport;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpTransfer;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.exporter.cassandra.dump.Manifest;
import io.changeover.exporter.cassandra.kongyml.SourceDigest;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The phase `export`: blue's rows lie in files. A repeat finds them, reads them again and reports
/// the same, as long as blue's configuration is still the one that was exported: a freeze may have
/// been lifted since.
@Singleton
public final class ExportWork implements PhaseWork {

  @Override
  public Set<String> actions() {
    return Set.of(Actions.EXPORT);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return DumpPhase.run(
        context,
        "Export",
        (datastore, _, places, about) -> {
          try (Keyspace source = Keyspace.open(datastore.blue())) {
            return switch (Preflight.look(source, source, datastore.copy())) {
              case Preflight.Refused(var problems) -> CassandraFailures.of(problems, about);
              case Preflight.Ready(CopyJob job) -> export(context, job, places);
            };
          }
        },
        KongYmlPhases.export(context));
  }

  private static Outcome export(PhaseContext context, CopyJob job, DumpPlaces places)
      throws InterruptedException, IOException {
    String cluster = context.cluster().name();
    Optional<DumpFolder.Known> known = known(cluster, job, places);
    if (known.isPresent()) {
      return Outcome.done(DumpPlaces.facts(known.get(), places.folder()));
    }
    context.ensureCurrent();
    DumpFolder.clear(places.folder());
    PhaseWatch watch =
        new PhaseWatch(context, rows -> Map.of(Facts.COPY_ROWS, Long.toString(rows)));
    return Outcome.done(
        DumpPlaces.facts(
            new DumpExport(job, cluster, places.key(), places.folder(), watch).run(),
            places.folder()));
  }

  /// A whole dump of what blue still is, by the rules that still hold.
  private static Optional<DumpFolder.Known> known(String cluster, CopyJob job, DumpPlaces places)
      throws InterruptedException, IOException {
    Optional<DumpFolder.Known> found = found(cluster, places);
    if (found.isEmpty()) {
      return found;
    }
    Manifest manifest = found.get().manifest();
    return manifest.isOf(job)
            && DumpTransfer.isWhole(places.folder(), manifest)
            && SourceDigest.of(job).whole().equals(manifest.digests().whole())
        ? found
        : Optional.empty();
  }

  /// What can't be read is written anew: the folder is this upgrade's own.
  private static Optional<DumpFolder.Known> found(String cluster, DumpPlaces places)
      throws IOException {
    try {
      return DumpFolder.manifest(new FolderArtifacts(places.folder()), places.key(), cluster);
    } catch (BrokenDumpException e) {
      return Optional.empty();
    }
  }
}
