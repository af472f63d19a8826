package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.TargetFold;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.kongyml.KongYmlExport.Result;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.KongYmlReader;
import io.changeover.inventory.CopyPolicy;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Makes `kong.yml` from what `kong config db_export` of the old version writes. Its file is never
/// used as it is: it holds the history of targets, at which an import stops, and counters; and it
/// may lack anything without a word. So the store is read as well, and what Kong wrote goes into
/// the file only where every entity of the store stands in it once.
public final class KongsExport {

  private final CopyJob job;
  private final UUID home;
  private final KongTarget kong;
  private final Watch watch;

  /// Prepares an export.
  ///
  /// @param home the id of the source's workspace `default`
  /// @param kong blue's command, with blue's settings
  public KongsExport(CopyJob job, UUID home, KongTarget kong, Watch watch) {
    this.job = job;
    this.home = home;
    this.kong = kong;
    this.watch = watch;
  }

  /// Writes the file of a cluster into a folder.
  ///
  /// @param patience how long Kong's export may take, and whether it is called off
  public Result run(String cluster, Path folder, Patience patience)
      throws InterruptedException, IOException {
    SourceReading reading = new SourceReading(job, home, watch);
    if (!reading.unfit().isEmpty()) {
      return new Result.Refused(reading.unfit());
    }
    String before = SourceDigest.of(KongYmlTables.filled(job)).whole();
    try (ExportFolder own = ExportFolder.make(folder)) {
      watch.ensureCurrent();
      CommandResult result = KongCli.configExport(kong, own.file().toString(), patience);
      Optional<Problem> failed = ConfigWords.unexported(result, Files.isRegularFile(own.file()));
      if (failed.isPresent()) {
        watch.ensureCurrent();
        return new Result.Refused(List.of(failed.get()));
      }
      StoredIds stored =
          new StoredIds(reading.tables().stream().map(table -> table.entity().name()).toList());
      TargetFold fold = reading.read(stored);
      if (!reading.problems().isEmpty()) {
        return new Result.Refused(reading.problems());
      }
      return reading.digest().equals(before)
          ? sieved(cluster, folder, own.file(), reading, stored, fold)
          : new Result.Refused(List.of(changed()));
    }
  }

  private Problem changed() {
    return new Problem(
        "The configuration in the keyspace %s was changed while `kong config db_export` read it"
            .formatted(job.source().name()),
        "the same configuration before and after",
        "look who writes to it past the frozen Admin API, then retry the phase",
        true);
  }

  private Result sieved(
      String cluster,
      Path folder,
      Path kongs,
      SourceReading reading,
      StoredIds stored,
      TargetFold fold)
      throws InterruptedException, IOException {
    Map<String, Set<String>> fields =
        reading.tables().stream()
            .collect(Collectors.toMap(table -> table.entity().name(), Carried::fields));
    List<Problem> problems = new ArrayList<>();
    KongYmlFile.Written written =
        KongYmlFile.write(
            folder,
            writer -> {
              ExportSieve sieve = new ExportSieve(fields, stored, writer, watch);
              KongYmlReader.read(kongs, sieve);
              problems.addAll(sieve.problems(job.source().name()));
            });
    return problems.isEmpty()
        ? new Result.Complete(
            KongYmlFile.complete(
                folder, reading.manifest(cluster, CopyPolicy.Export.KONG, written, fold)))
        : new Result.Refused(problems);
  }
}
