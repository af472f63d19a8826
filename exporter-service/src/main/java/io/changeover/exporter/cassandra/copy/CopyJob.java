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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Both sides, what is in them, and what shall move.
///
/// @param lens how rows of the source are seen
public record CopyJob(
    Keyspace source,
    KeyspaceCatalog sourceCatalog,
    Keyspace target,
    KeyspaceCatalog targetCatalog,
    CopyPlan plan,
    CopyPolicy policy,
    RateLimit readRate,
    RateLimit writeRate,
    RowLens lens) {

  /// The same for some of the tables.
  public CopyJob only(Predicate<PlannedTable> wanted) {
    return new CopyJob(
        source,
        sourceCatalog,
        target,
        targetCatalog,
        new CopyPlan(
            plan.tables().stream().filter(wanted).toList(),
            plan.left(),
            plan.missing(),
            plan.absent(),
            plan.problems()),
        policy,
        readRate,
        writeRate,
        lens);
  }

  /// The same with rows of the source seen in another way.
  public CopyJob through(RowLens other) {
    return new CopyJob(
        source, sourceCatalog, target, targetCatalog, plan, policy, readRate, writeRate, other);
  }

  /// A scan of the source's side of a table.
  public TableScan scanSource(PlannedTable table, Selection.Times times) {
    return new TableScan(
        source,
        Selection.of(table.source(), table.columns(), times, sourceCatalog.tellsCollectionTimes()),
        readRate,
        lens.of(table));
  }

  /// A scan of the target's side of a table.
  public TableScan scanTarget(PlannedTable table, Selection.Times times) {
    return new TableScan(
        target,
        Selection.of(table.target(), table.columns(), times, targetCatalog.tellsCollectionTimes()),
        RateLimit.NONE,
        UnaryOperator.identity());
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
