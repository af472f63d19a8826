package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.catalog.KeyspaceCatalog;
import io.changeover.exporter.cassandra.plan.CopyPlan;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.RateLimit;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.TableScan;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CopyPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Both sides, what is in them, and what shall move.
public record CopyJob(
    Keyspace source,
    KeyspaceCatalog sourceCatalog,
    Keyspace target,
    KeyspaceCatalog targetCatalog,
    CopyPlan plan,
    CopyPolicy policy,
    RateLimit readRate,
    RateLimit writeRate) {

  /// A scan of the source's side of a table.
  public TableScan scanSource(PlannedTable table, Selection.Times times) {
    return new TableScan(
        source,
        Selection.of(table.source(), table.columns(), times, sourceCatalog.tellsCollectionTimes()),
        readRate);
  }

  /// A scan of the target's side of a table.
  public TableScan scanTarget(PlannedTable table, Selection.Times times) {
    return new TableScan(
        target,
        Selection.of(table.target(), table.columns(), times, targetCatalog.tellsCollectionTimes()),
        RateLimit.NONE);
  }

  /// Tells this copy from one of other keyspaces, of keyspaces made anew under the same names, and
  /// from one by other rules.
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    text.append(source.name()).append('>').append(target.name()).append('\n');
    text.append(policy.weightZeroTargets()).append('\n');
    for (PlannedTable table : plan.tables()) {
      text.append(table.name())
          .append(' ')
          .append(table.source().id())
          .append(' ')
          .append(table.target().id())
          .append(' ')
          .append(table.columns())
          .append('\n');
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }
}
