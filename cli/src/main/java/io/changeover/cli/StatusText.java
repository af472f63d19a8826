package io.changeover.cli;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.client.Timeline.PhaseLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A timeline as lines of text.
final class StatusText {
  private StatusText() {}

  static List<String> lines(Timeline timeline, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s  %s  %s  (upgrade %s, %s)"
            .formatted(
                timeline.cluster(),
                timeline.state(),
                timeline.path(),
                timeline.procedure(),
                timeline.upgrade(),
                seconds(timeline.duration(now))));
    for (PhaseLine phase : timeline.phases()) {
      lines.add(
          "  %-20s %-8s %9s%s"
              .formatted(
                  phase.name(),
                  phase.outcome(),
                  seconds(phase.duration(now)),
                  phase.attempts() > 1 ? "  attempt " + phase.attempts() : ""));
    }
    timeline.openGate().ifPresent(gate -> lines.add("  waits at the gate " + gate));
    timeline
        .hold()
        .ifPresent(
            hold ->
                lines.add(
                    "  held at %s: %s; expected %s; %s"
                        .formatted(
                            hold.getAt(), hold.getReason(), hold.getExpected(), hold.getRemedy())));
    timeline.alarms().forEach((alarm, at) -> lines.add("  ALARM at " + at + ": " + alarm));
    timeline.refusals().forEach(refusal -> lines.add("  refused: " + refusal));
    return lines;
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
