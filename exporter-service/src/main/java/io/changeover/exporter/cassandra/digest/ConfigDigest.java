package io.changeover.exporter.cassandra.digest;

import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.Map;

/// The digest of what an administrator has configured, of one slice: rows that end by themselves
/// and tables that nodes write while they serve are left out. For one thread.
public final class ConfigDigest {

  private final RowDigest digest;
  private final boolean counted;
  private final boolean mayExpire;
  private final int columns;
  private final Sums sums;

  public ConfigDigest(PlannedTable table) {
    this.digest = new RowDigest(table.name(), table.columns());
    this.counted = !KongTables.RUNTIME.contains(table.name());
    this.mayExpire = KongTables.mayExpire(table.name());
    this.columns = table.columns().size();
    this.sums = new Sums(table);
  }

  /// Counts a row in.
  public void add(StoredRow row) {
    if (counts(row)) {
      add(row, digest.of(row));
    }
  }

  /// Whether a row is configuration.
  public boolean counts(StoredRow row) {
    return counted && !(mayExpire && expires(row));
  }

  /// The same for a row that [#counts], when its digest is known.
  public void add(StoredRow row, byte[] rowDigest) {
    sums.of(row).add(rowDigest);
  }

  private boolean expires(StoredRow row) {
    for (int i = 0; i < columns; i++) {
      if (row.ttl(i) > 0) {
        return true;
      }
    }
    return false;
  }

  /// By workspace.
  public Map<String, DigestSum> sums() {
    return sums.byWorkspace();
  }
}
