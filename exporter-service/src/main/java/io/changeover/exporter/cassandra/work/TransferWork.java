package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpTransfer;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The phase `transfer`: the dump lies at the other side, whole. A repeat reads it there again.
@Singleton
public final class TransferWork implements PhaseWork {

  @Override
  public Set<String> actions() {
    return Set.of(Actions.TRANSFER);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return DumpPhase.run(
        context,
        "Transfer",
        (_, _, places, about) -> {
          FolderArtifacts here = new FolderArtifacts(places.folder());
          Optional<DumpFolder.Known> known =
              DumpFolder.manifest(here, places.key(), context.cluster().name());
          if (known.isEmpty()) {
            return DumpPhase.noDump(about, here.place(), Actions.EXPORT);
          }
          PhaseWatch watch =
              new PhaseWatch(context, rows -> Map.of(Facts.COPY_ROWS, Long.toString(rows)));
          new DumpTransfer(places.folder(), places.artifacts(), watch).run(known.get().manifest());
          return Outcome.done(DumpPlaces.facts(known.get(), places.artifactsFolder()));
        },
        KongYmlPhases.transfer(context));
  }
}
