package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.List;

/// When a row of the target is what becomes of a row of the source. Called from several threads.
public interface Sameness {

  /// Values and ends are the same.
  Sameness VERBATIM =
      new Sameness() {
        @Override
        public boolean same(PlannedTable table, StoredRow source, StoredRow target) {
          return RowDifference.same(table, source, target);
        }

        @Override
        public List<String> describe(PlannedTable table, StoredRow source, StoredRow target) {
          return RowDifference.describe(table, source, target);
        }

        @Override
        public boolean mayOutlive(String row) {
          return false;
        }
      };

  /// Whether it is.
  boolean same(PlannedTable table, StoredRow source, StoredRow target);

  /// In which columns it is not, without the values of secret fields.
  List<String> describe(PlannedTable table, StoredRow source, StoredRow target);

  /// Whether the target may have a row that the source has no more.
  ///
  /// @param row its table and id
  boolean mayOutlive(String row);
}
