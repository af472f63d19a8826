package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
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

  /// What was seen; a failed check for what should have been seen and was not.
  List<Check> checks();
}
