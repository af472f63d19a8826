package io.changeover.planner.core;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long nobody was served, by the planner's own clock: from the command that closed blue to the
/// report that green is open. That is the longest it can have been.
final class Downtime {
  private Downtime() {}

  /// The facts of a report, with the time without service where the phase ends one.
  static SortedMap<String, String> measured(Run run, Phase phase, Report report) {
    Instant since = run.evidence().seen().closedSince();
    boolean ends =
        run.current().procedure() instanceof Procedure.Downtime && phase.action() == Action.SHIFT;
    if (since == null || !ends) {
      return report.facts();
    }
    SortedMap<String, String> facts = new TreeMap<>(report.facts());
    facts.put("downtime.seconds", Long.toString(seconds(Duration.between(since, report.at()))));
    return facts;
  }

  private static long seconds(Duration length) {
    return (length.toMillis() + 999) / 1000;
  }
}
