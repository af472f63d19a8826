package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.OptionalLong;

/// What blue's nodes have written while they served, after the last pass of the copy: it is no
/// difference, since the pass after the drain brings it. Nobody can be equal to a side that takes
/// writes all the time. Only tables that nodes write to are meant: anything else is a change of the
/// configuration.
public final class Late {

  /// Nothing is late.
  public static final Late NONE = new Late(OptionalLong.empty());

  private final OptionalLong sinceMicros;

  private Late(OptionalLong sinceMicros) {
    this.sinceMicros = sinceMicros;
  }

  /// What was written after a time, in microseconds since 1970; nothing where the time is not
  /// known.
  public static Late since(OptionalLong micros) {
    return new Late(micros);
  }

  /// Whether a row that differs does so because it is late. A row that the source has no more was
  /// deleted there, which leaves no time to read.
  boolean is(PlannedTable table, Lookup.Found row) {
    return sinceMicros.isPresent()
        && KongTables.RUNTIME.contains(table.name())
        && row.source().map(source -> newest(table, source) > sinceMicros.getAsLong()).orElse(true);
  }

  private static long newest(PlannedTable table, StoredRow row) {
    long newest = Long.MIN_VALUE;
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      newest = Math.max(newest, row.writetime(i));
    }
    return newest;
  }
}
