package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.client.Timeline.PhaseLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The end of the demo as text: what happened, and whether it holds.
final class DemoTable {
  private DemoTable() {}

  static String of(
      Timeline timeline, Duration total, List<Check> checks, List<String> notApplicable) {
    StringBuilder text = new StringBuilder(System.lineSeparator());
    line(text, "%-22s %-8s %8s %10s".formatted("phase", "outcome", "attempts", "seconds"));
    for (PhaseLine phase : timeline.phases()) {
      line(
          text,
          "%-22s %-8s %8d %10.1f"
              .formatted(
                  phase.name(),
                  phase.outcome(),
                  phase.attempts(),
                  phase.duration(Instant.now()).toMillis() / 1000.0));
    }
    line(
        text,
        "%-22s %-17s %10.1f"
            .formatted(
                "the upgrade",
                timeline.state(),
                timeline.duration(Instant.now()).toMillis() / 1000.0));
    line(
        text,
        "%-22s %-17s %10.1f".formatted("from nothing", "to this end", total.toMillis() / 1000.0));
    text.append(System.lineSeparator());
    for (Check check : checks) {
      line(
          text,
          "%s %s: %s"
              .formatted(check.holds() ? "  ok  " : "FAILED", check.what(), check.evidence()));
    }
    notApplicable.forEach(what -> line(text, "  n/a  " + what));
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }
}
