package io.changeover.cli;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.client.Timeline.GateLine;
import io.changeover.cli.client.Timeline.PhaseLine;
import io.changeover.schemas.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A timeline as lines of text.
final class StatusText {
  private StatusText() {}

  /// @param kafka the options that reach the Kafka that was asked
  static List<String> lines(Timeline timeline, Instant now, String kafka) {
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
    timeline.phases().forEach(phase -> lines.add(phase(phase, now)));
    timeline.gate().ifPresent(gate -> lines.add(gate(timeline.cluster(), gate, kafka)));
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
    if (timeline.ended()) {
      left(timeline).ifPresent(lines::add);
    }
    return lines;
  }

  private static String phase(PhaseLine phase, Instant now) {
    return "  %-20s %-8s %9s%s%s"
        .formatted(
            phase.name(),
            phase.outcome(),
            seconds(phase.duration(now)),
            phase.attempts() > 1 ? "  attempt " + phase.attempts() : "",
            phase.outcome().equals("running") ? until(phase.until()) : "");
  }

  private static String gate(String cluster, GateLine gate, String kafka) {
    return "  waits at the gate %s%s%s; changeover approve %s %s %s, or reject"
        .formatted(
            gate.name(),
            until(gate.until()),
            gate.why().isEmpty() ? "" : ": " + gate.why(),
            cluster,
            gate.name(),
            kafka);
  }

  private static String until(@Nullable Instant deadline) {
    return deadline == null ? "" : "  until " + deadline.truncatedTo(ChronoUnit.SECONDS);
  }

  /// What an upgrade through files leaves: where `export` wrote them, and where `transfer` took
  /// them.
  private static Optional<String> left(Timeline timeline) {
    String places =
        Stream.of(timeline.firstFacts(), timeline.facts())
            .flatMap(facts -> Stream.ofNullable(facts.get(Facts.DUMP_PATH)))
            .distinct()
            .collect(Collectors.joining(" and "));
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "  left on the exporter-service's machine, with every credential: "
                + places
                + "; remove them when nobody needs them");
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
