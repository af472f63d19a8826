package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.sandbox.load.LoadReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Looks at the cluster while a run lasts; by itself at nothing.
interface Watch {
  /// Called after every poll of the journal.
  ///
  /// @param load what the load client has seen so far; empty where nothing served before
  default void look(Timeline timeline, Optional<LoadReport> load, Instant now) {}

  /// What was seen; a failed check for what should have been seen and was not.
  default List<Check> checks() {
    return List.of();
  }
}
