package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells what failed while nobody was served from what failed besides.
final class OutageWatch implements Watch {
  /// What was under way when it ended has failed or was answered by then.
  private static final Duration SETTLED = Duration.ofSeconds(8);

  private final String begins;
  private final String ends;
  private @Nullable LoadReport before;
  private @Nullable LoadReport after;
  private boolean begun;
  private @Nullable Instant ended;

  /// @param begins the phase with which the time without service begins
  /// @param ends the phase with which it ends
  OutageWatch(String begins, String ends) {
    this.begins = begins;
    this.ends = ends;
  }

  @Override
  public void look(Timeline timeline, Optional<LoadReport> load, Instant now) {
    for (Timeline.PhaseLine phase : timeline.phases()) {
      begun |= phase.name().equals(begins);
      if (ended == null && phase.name().equals(ends) && phase.outcome().equals("done")) {
        ended = now;
      }
    }
    if (!begun) {
      before = load.orElse(null);
    }
    if (after == null && ended != null && Duration.between(ended, now).compareTo(SETTLED) >= 0) {
      after = load.orElse(null);
    }
  }

  /// The planner's measure of it; empty where there was none.
  static Optional<String> measured(Map<String, String> facts) {
    return Optional.ofNullable(facts.get(Facts.DOWNTIME_SECONDS));
  }

  /// That nothing failed outside of it, and how long it was.
  List<Check> requests(Map<String, String> facts, LoadReport sent, Instant startedAt) {
    boolean unbroken = Verdict.unbroken(sent, startedAt);
    long early = before == null ? -1 : before.failed();
    long late = after == null ? -1 : sent.failed() - after.failed();
    String seconds = measured(facts).orElse("");
    return List.of(
        new Check(
            "no request failed but in the time without service",
            unbroken && early == 0 && late == 0 && sent.inFlight() == 0,
            "%d sent, %d answered right; failed before it %d, after it %d, in all %d %s%s"
                .formatted(
                    sent.sent(),
                    sent.ok(),
                    early,
                    late,
                    sent.failed(),
                    sent.failures(),
                    Verdict.ofClient(unbroken))),
        new Check(
            "the time without service was measured",
            !seconds.isEmpty() && sent.failed() > 0,
            "%s s from the command to drain to the open router".formatted(seconds)));
  }
}
