package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.scan.RateLimit;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.Slice;
import io.changeover.exporter.cassandra.scan.TableScan;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.exporter.kongyml.KongEntities;
import java.util.List;
import java.util.stream.Stream;

/// Which tables travel how on this way: entities in the file, their tags with them, what nodes
/// write while they serve row by row, and the rest not at all.
public final class KongYmlTables {

  private static final String TAGS = "tags";
  private static final String WORKSPACES = "workspaces";

  private KongYmlTables() {}

  /// A job of the tables that the import fills: what the comparison reads.
  public static CopyJob filled(CopyJob job) {
    return job.only(
        table -> KongEntities.named(table.name()).isPresent() || table.name().equals(TAGS));
  }

  /// A job of the tables that nodes write while they serve. They travel row by row with their times
  /// to live: a file would make them permanent, and be old when it arrives.
  public static CopyJob runtime(CopyJob job) {
    return job.only(table -> KongTables.RUNTIME.contains(table.name()));
  }

  /// Tables of the source that are lost: those that would move by copy, and counters.
  static List<Table> uncarried(CopyJob job) {
    return Stream.concat(
            job.plan().tables().stream()
                .map(table -> table.source())
                .filter(table -> KongEntities.named(table.name()).isEmpty())
                .filter(table -> !KongTables.RUNTIME.contains(table.name()))
                .filter(table -> !table.name().equals(TAGS) && !table.name().equals(WORKSPACES)),
            KongEntities.COUNTERS.stream()
                .flatMap(name -> job.sourceCatalog().table(name).stream()))
        .distinct()
        .toList();
  }

  /// How many rows a table has.
  static long rows(Keyspace side, Table table) throws InterruptedException {
    TableScan scan =
        new TableScan(
            side, Selection.of(table, table.key(), Selection.Times.NONE, false), RateLimit.NONE);
    long rows = 0;
    for (Slice slice : TableScan.slices(table, side)) {
      RowCursor cursor = scan.read(slice);
      while (cursor.next() != null) {
        rows++;
      }
    }
    return rows;
  }
}
