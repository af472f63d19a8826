package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.TargetFold;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.KongYmlWriter;
import io.changeover.inventory.CopyPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes `kong.yml` from the source, row by row.
public final class KongYmlExport {

  private final CopyJob job;
  private final UUID home;
  private final Watch watch;

  /// How an export ended.
  public sealed interface Result {
    /// The file is there.
    record Complete(KongYmlFile file) implements Result {}

    /// There is none that could be used.
    record Refused(List<Problem> problems) implements Result {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Prepares an export.
  ///
  /// @param home the id of the source's workspace `default`
  public KongYmlExport(CopyJob job, UUID home, Watch watch) {
    this.job = job;
    this.home = home;
    this.watch = watch;
  }

  /// Writes the file of a cluster into a folder.
  public Result run(String cluster, Path folder) throws InterruptedException, IOException {
    SourceReading reading = new SourceReading(job, home, watch);
    if (!reading.unfit().isEmpty()) {
      return new Result.Refused(reading.unfit());
    }
    List<TargetFold> folds = new ArrayList<>();
    KongYmlFile.Written written =
        KongYmlFile.write(folder, writer -> folds.add(reading.read(new Rows(writer))));
    return reading.problems().isEmpty()
        ? new Result.Complete(
            KongYmlFile.complete(
                folder,
                reading.manifest(cluster, CopyPolicy.Export.CHANGEOVER, written, folds.getFirst())))
        : new Result.Refused(reading.problems());
  }

  /// Writes what belongs into the file.
  private record Rows(KongYmlWriter writer) implements SourceReading.Rows {
    @Override
    public void moves(Carried table, Map<String, @Nullable Object> values) throws IOException {
      writer.item(table.entity(), values);
    }

    @Override
    public void stays(Carried table, String id) {
      // The file does not hold it.
    }
  }
}
