package io.changeover.migrator.observe;

import java.util.List;

/// What a new keyspace holds beside its schema.
public sealed interface KeyspaceContent {

  /// Nothing but what a bootstrap writes.
  ///
  /// @param copied rows that were seen and are blue's own, under the same keys: a copy was begun
  record Fresh(long copied) implements KeyspaceContent {}

  /// Rows of configuration that are neither the bootstrap's nor blue's.
  ///
  /// @param rows how many were seen; the look ends early, so that there may be more
  /// @param tables where
  record Foreign(long rows, List<String> tables) implements KeyspaceContent {
    public Foreign {
      tables = List.copyOf(tables);
    }
  }

  /// It could not be read.
  record Unreadable(Doubt doubt) implements KeyspaceContent {}
}
