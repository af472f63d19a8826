package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.function.UnaryOperator;

/// How rows of the source are seen before they are compared or written.
@FunctionalInterface
public interface RowLens {

  /// As they are.
  RowLens CLEAR = _ -> UnaryOperator.identity();

  /// For rows of one table.
  UnaryOperator<StoredRow> of(PlannedTable table);
}
