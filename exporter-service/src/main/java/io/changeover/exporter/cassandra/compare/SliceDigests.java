package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.digest.Sums;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.Map;

/// The digests of one slice: of what moves at the source, of what is at the target, by workspace,
/// and of the source's configuration. For one thread.
final class SliceDigests {

  private final RowDigest rowDigest;
  private final ConfigDigest config;
  private final Sums source;
  private final Sums target;

  SliceDigests(PlannedTable table) {
    this.rowDigest = new RowDigest(table.name(), table.columns());
    this.config = new ConfigDigest(table);
    this.source = new Sums(table);
    this.target = new Sums(table);
  }

  /// A row that is the same on both sides.
  void same(StoredRow row) {
    byte[] digest = rowDigest.of(row);
    source.of(row).add(digest);
    target.of(row).add(digest);
    if (config.counts(row)) {
      config.add(row, digest);
    }
  }

  /// A row of the source that counts only as configuration.
  void onlyConfig(StoredRow row) {
    config.add(row);
  }

  /// A row that turned out to be the same when both sides were read again.
  void sameAgain(StoredRow row) {
    byte[] digest = rowDigest.of(row);
    source.of(row).add(digest);
    target.of(row).add(digest);
  }

  /// A row that only one side has, or has so.
  void differs(StoredRow row, boolean atSource) {
    (atSource ? source : target).of(row).add(rowDigest.of(row));
  }

  Map<String, DigestSum> source() {
    return source.byWorkspace();
  }

  Map<String, DigestSum> target() {
    return target.byWorkspace();
  }

  Map<String, DigestSum> config() {
    return config.sums();
  }
}
