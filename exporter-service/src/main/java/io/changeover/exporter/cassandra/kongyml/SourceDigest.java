package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import java.io.IOException;

/// The digest of the source's configuration, read by itself.
public final class SourceDigest {

  private SourceDigest() {}

  /// Reads every table of a job.
  public static TableDigests of(CopyJob job) throws InterruptedException, IOException {
    TableDigests digests = new TableDigests();
    for (PlannedTable table : job.plan().tables()) {
      add(job, table, digests);
    }
    return digests;
  }

  /// Reads one table.
  static void add(CopyJob job, PlannedTable table, TableDigests digests)
      throws InterruptedException, IOException {
    TableScan scan =
        job.scanSource(
            table, KongTables.mayExpire(table.name()) ? Selection.Times.TTL : Selection.Times.NONE);
    SliceWorkers.run(
        job.policy().ranges(),
        TableScan.slices(table.source(), job.source()),
        slice -> {
          ConfigDigest digest = new ConfigDigest(table);
          RowCursor cursor = scan.read(slice);
          for (StoredRow row = cursor.next(); row != null; row = cursor.next()) {
            digest.add(row);
          }
          digests.add(table.name(), digest.sums());
        });
  }
}
