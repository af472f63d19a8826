package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.List;
import java.util.Optional;

/// Looks again at rows that were not the same on both sides when they were read.
@FunctionalInterface
public interface Mismatches {

  /// A row as it is on both sides now.
  ///
  /// @param same whether nothing differs any more
  record Again(Optional<StoredRow> source, Optional<StoredRow> target, boolean same) {}

  /// Called with a few rows at a time, from several threads.
  ///
  /// @param keys rows of either side
  List<Again> resolve(PlannedTable table, List<StoredRow> keys) throws InterruptedException;
}
