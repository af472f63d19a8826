package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The cells of a row by their stamps. Almost every row has one.
final class Stamps {

  /// Cells that are written together.
  ///
  /// @param columns which
  record Group(Stamp stamp, BitSet columns) {}

  private Stamps() {}

  /// The groups of a row, the longest living first. A row without cells beside its key has one
  /// group without columns.
  ///
  /// @param from the first column behind the key
  /// @param to behind the last column
  /// @param unknown when cells were written whose time nobody tells
  static List<Group> of(StoredRow row, int from, int to, long unknown) {
    Map<Stamp, BitSet> groups = new LinkedHashMap<>();
    BitSet untold = new BitSet(to);
    for (int i = from; i < to; i++) {
      if (row.value(i) == null) {
        continue;
      }
      if (row.tellsTimes(i)) {
        Stamp stamp = new Stamp(row.writetime(i), row.ttl(i));
        groups.computeIfAbsent(stamp, _ -> new BitSet(to)).set(i);
      } else {
        untold.set(i);
      }
    }
    List<Group> sorted = new ArrayList<>(groups.size() + 1);
    groups.forEach((stamp, columns) -> sorted.add(new Group(stamp, columns)));
    sorted.sort((one, other) -> one.stamp().outlives(other.stamp()) ? -1 : 1);
    if (sorted.isEmpty()) {
      return List.of(new Group(new Stamp(unknown, 0), untold));
    }
    adopt(untold, sorted);
    return sorted;
  }

  /// Collections of a server that does not tell their times were written with the rest: Kong writes
  /// whole rows.
  private static void adopt(BitSet untold, List<Group> sorted) {
    sorted.getFirst().columns().or(untold);
  }
}
