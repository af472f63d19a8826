package io.changeover.exporter.cassandra.checkpoint;

import io.changeover.exporter.cassandra.digest.DigestSum;
import java.util.Map;
import java.util.TreeMap;

/// One finished slice.
///
/// @param rows that were written
/// @param ttlRows of those, rows that end by themselves
/// @param skipped rows that would have ended too soon
/// @param left rows that do not move: old versions of targets, tags of entities that did not move
/// @param config digests of the source's configuration rows in the slice, by workspace
public record SliceDone(
    String table,
    int slice,
    long rows,
    long ttlRows,
    long skipped,
    long left,
    Map<String, Sum> config) {

  public SliceDone {
    config = Map.copyOf(config);
  }

  /// A digest sum as text.
  public record Sum(long rows, String hex) {}

  /// The digests as sums.
  public Map<String, DigestSum> sums() {
    Map<String, DigestSum> sums = new TreeMap<>();
    config.forEach((workspace, sum) -> sums.put(workspace, DigestSum.of(sum.rows(), sum.hex())));
    return sums;
  }

  /// Sums as texts.
  public static Map<String, Sum> texts(Map<String, DigestSum> sums) {
    Map<String, Sum> texts = new TreeMap<>();
    sums.forEach((workspace, sum) -> texts.put(workspace, new Sum(sum.rows(), sum.hex())));
    return texts;
  }
}
