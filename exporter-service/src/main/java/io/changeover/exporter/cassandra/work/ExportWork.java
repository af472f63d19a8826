package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.dump.DumpExport;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpTransfer;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.CopyPolicy;
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
/// the same.
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
          Optional<DumpFolder.Known> known =
              DumpFolder.manifest(
                  new FolderArtifacts(places.folder()), places.key(), context.cluster().name());
          if (known.isPresent() && DumpTransfer.isWhole(places.folder(), known.get().manifest())) {
            return Outcome.done(DumpPlaces.facts(known.get(), places.folder()));
          }
          return export(context, datastore.blue(), datastore.copy(), places, about);
        },
        KongYmlPhases.export(context));
  }

  private static Outcome export(
      PhaseContext context, CassandraStore blue, CopyPolicy policy, DumpPlaces places, String about)
      throws InterruptedException, IOException {
    try (Keyspace source = Keyspace.open(blue)) {
      return switch (Preflight.look(source, source, policy)) {
        case Preflight.Refused(var problems) -> CassandraFailures.of(problems, about);
        case Preflight.Ready(CopyJob job) ->
            Outcome.done(
                DumpPlaces.facts(
                    new DumpExport(
                            job,
                            context.cluster().name(),
                            places.key(),
                            places.folder(),
                            new PhaseWatch(
                                context, rows -> Map.of(Facts.COPY_ROWS, Long.toString(rows))))
                        .run(),
                    places.folder()));
      };
    }
  }
}
