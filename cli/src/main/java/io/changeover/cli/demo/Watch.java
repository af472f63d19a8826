package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.sandbox.load.LoadReport;
import java.time.Instant;
import java.util.List;

/// Looks at the cluster while a run lasts.
interface Watch {
  /// Looks at nothing.
  Watch NONE =
      new Watch() {
        @Override
        public void look(Timeline timeline) {}

        @Override
        public List<Check> checks() {
          return List.of();
        }
      };

  /// Called after every poll of the journal.
  void look(Timeline timeline);

  /// The same, for a watch that looks at the load too; only called where there is one.
  default void look(Timeline timeline, LoadReport load, Instant now) {}

  /// What was seen; a failed check for what should have been seen and was not.
  List<Check> checks();
}
