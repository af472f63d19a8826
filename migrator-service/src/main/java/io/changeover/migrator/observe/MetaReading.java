package io.changeover.migrator.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the tables `schema_meta` and `locks` hold.
public sealed interface MetaReading {

  /// No table `schema_meta`: Kong calls that "needs bootstrapping".
  record NoTable() implements MetaReading {}

  /// Its rows.
  ///
  /// @param bySubsystem one row per subsystem; an empty table makes everything new
  /// @param lock Kong's own migration lock, where one is held and not yet expired
  record Rows(SortedMap<String, Row> bySubsystem, Optional<Lock> lock) implements MetaReading {

    public Rows {
      bySubsystem = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(bySubsystem));
    }

    public Migrations executed() {
      return pick(Row::executed);
    }

    public Migrations pending() {
      return pick(row -> row.pending().orElse(List.of()));
    }

    private Migrations pick(java.util.function.Function<Row, List<String>> column) {
      Map<String, List<String>> lists = new TreeMap<>();
      bySubsystem.forEach((subsystem, row) -> lists.put(subsystem, column.apply(row)));
      return Migrations.of(lists);
    }

    @Override
    public String toString() {
      return "executed [" + executed() + "], pending [" + pending() + "]";
    }
  }

  /// The database did not answer the question.
  ///
  /// @param failure what to tell, and whether to try again
  record Unreadable(Doubt failure) implements MetaReading {}

  /// One subsystem's row.
  ///
  /// @param pending empty when the column is null: no migration of the subsystem was ever left
  ///   pending
  record Row(List<String> executed, Optional<List<String>> pending) {}

  /// Kong's cluster lock. It is a row with a time to live and is never renewed.
  record Lock(String owner, Instant until) {}
}
