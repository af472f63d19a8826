package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.client.Timeline.PhaseLine;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Facts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells the upgrade on the screen: a line for all that ended, and one that shows where it is.
final class Story {
  private static final int BAR = 20;

  private final Screen screen;
  private final Map<String, PhaseLine> told = new HashMap<>();
  private String state = "";

  Story(Screen screen) {
    this.screen = screen;
  }

  void tell(Timeline timeline, Optional<LoadReport> load) {
    for (PhaseLine phase : timeline.phases()) {
      PhaseLine before = told.put(phase.name(), phase);
      if (!phase.outcome().equals("running") && !phase.equals(before)) {
        screen.say(ended(phase, timeline.facts()));
      }
    }
    if (!timeline.state().equals(state)) {
      state = timeline.state();
      if (List.of("ROLLING_BACK", "COMPLETING", "HELD", "FINISHED", "ROLLED_BACK")
          .contains(state)) {
        screen.say("the upgrade is " + state);
      }
    }
    screen.status(status(timeline, load));
  }

  private static String ended(PhaseLine phase, Map<String, String> facts) {
    String took = "%.1f s".formatted(phase.duration(Instant.now()).toMillis() / 1000.0);
    String attempt = phase.attempts() > 1 ? ", attempt " + phase.attempts() : "";
    String weights =
        phase.name().startsWith("shift") || phase.name().equals("rollback-traffic")
            ? "  green has weight %s %%, observed %s %% of requests"
                .formatted(
                    facts.getOrDefault(Facts.WEIGHT_GREEN, "?"),
                    percent(facts.get(Facts.SHARE_GREEN)))
            : "";
    return "%-20s %s (%s%s)%s".formatted(phase.name(), phase.outcome(), took, attempt, weights);
  }

  private static String percent(@Nullable String share) {
    try {
      return share == null ? "?" : "%.1f".formatted(Double.parseDouble(share) * 100);
    } catch (NumberFormatException e) {
      return "?";
    }
  }

  private static String status(Timeline timeline, Optional<LoadReport> load) {
    String running =
        timeline.phases().stream()
            .filter(phase -> phase.outcome().equals("running"))
            .map(PhaseLine::name)
            .reduce((first, second) -> second)
            .orElseGet(() -> timeline.openGate().map(gate -> "gate " + gate).orElse(""));
    String weight = timeline.facts().getOrDefault(Facts.WEIGHT_GREEN, "0");
    return load.map(
            seen ->
                "%-18s %s green %3s %%  sent %d, failed %d, %.0f/s, p99 %.0f ms"
                    .formatted(
                        running,
                        bar(weight),
                        weight,
                        seen.sent(),
                        seen.failed(),
                        seen.ratePerSecond(),
                        seen.p99Ms()))
        .orElse(running);
  }

  private static String bar(String percent) {
    int filled = 0;
    try {
      filled = (int) Math.round(Double.parseDouble(percent) / 100 * BAR);
    } catch (NumberFormatException e) {
      // Shown as empty; the number beside it says what came.
    }
    filled = Math.clamp(filled, 0, BAR);
    return "█".repeat(filled) + "░".repeat(BAR - filled);
  }
}
