package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.Map;
import java.util.TreeMap;

/// The digests of one slice: of what moves at the source, of what is at the target, by workspace,
/// and of the source's configuration. For one thread.
final class SliceDigests {

  private final RowDigest rowDigest;
  private final ConfigDigest config;
  private final Map<String, DigestSum> source = new TreeMap<>();
  private final Map<String, DigestSum> target = new TreeMap<>();

  SliceDigests(PlannedTable table) {
    this.rowDigest = new RowDigest(table.name(), table.columns());
    this.config = new ConfigDigest(table);
  }

  /// A row that is the same on both sides.
  void same(StoredRow row) {
    byte[] digest = rowDigest.of(row);
    String workspace = config.workspace(row);
    add(source, workspace, digest);
    add(target, workspace, digest);
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
    String workspace = config.workspace(row);
    add(source, workspace, digest);
    add(target, workspace, digest);
  }

  /// A row that only one side has, or has so.
  void differs(StoredRow row, boolean atSource) {
    add(atSource ? source : target, config.workspace(row), rowDigest.of(row));
  }

  private static void add(Map<String, DigestSum> sums, String workspace, byte[] digest) {
    sums.computeIfAbsent(workspace, _ -> new DigestSum()).add(digest);
  }

  Map<String, DigestSum> source() {
    return source;
  }

  Map<String, DigestSum> target() {
    return target;
  }

  Map<String, DigestSum> config() {
    return config.sums();
  }
}
