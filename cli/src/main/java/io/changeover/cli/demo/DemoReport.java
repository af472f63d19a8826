package io.changeover.cli.demo;

import io.changeover.cli.client.JsonText;
import io.changeover.cli.client.Timeline;
import io.changeover.sandbox.load.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The facts as JSON. Names are a contract: whoever reads reports relies on them.
public final class DemoReport {
  private DemoReport() {}

  /// What the report is made of.
  ///
  /// @param scenario its name
  /// @param load what the load client saw; empty where nothing served before
  /// @param breachToZero from the failed analysis to no more traffic on green; empty where there
  ///   was no breach
  /// @param total from nothing to the judged end
  /// @param notApplicable what is not checked since it means nothing for this scenario, and why
  public record Facts(
      String scenario,
      Timeline timeline,
      Optional<LoadReport> load,
      Optional<Duration> breachToZero,
      boolean replayEqual,
      Duration total,
      List<Check> checks,
      List<String> notApplicable) {
    /// Whether all that must hold does.
    public boolean holds() {
      return checks.stream().allMatch(Check::holds);
    }

    /// The same facts with one more check: that it all took no longer than `bound`.
    public Facts atMost(Duration bound) {
      Check inTime =
          new Check(
              "it took at most %d s, from nothing to its judged end".formatted(bound.toSeconds()),
              total.compareTo(bound) <= 0,
              "%.1f s".formatted(total.toMillis() / 1000.0));
      return new Facts(
          scenario,
          timeline,
          load,
          breachToZero,
          replayEqual,
          total,
          Stream.concat(checks.stream(), Stream.of(inTime)).toList(),
          notApplicable);
    }
  }

  /// Writes the facts of one run.
  static void write(Path file, Facts run) {
    write(file, List.of(run));
  }

  /// Writes the facts of one run or more.
  public static void write(Path file, List<Facts> runs) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("upgrades", runs.stream().map(DemoReport::upgrade).toList());
    report.put(
        "checks",
        runs.stream()
            .flatMap(run -> run.checks().stream())
            .map(c -> Map.of("what", c.what(), "holds", c.holds(), "evidence", c.evidence()))
            .toList());
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, JsonText.of(report) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected to write the report to %s, but %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Where none was sent, there is no time that one took.
  private static Map<String, @Nullable Object> requests(Optional<LoadReport> load) {
    Map<String, @Nullable Object> requests = new LinkedHashMap<>();
    requests.put("sent", load.map(LoadReport::sent).orElse(0L));
    requests.put("failed", load.map(LoadReport::failed).orElse(0L));
    requests.put("p50Ms", load.map(LoadReport::p50Ms).orElse(null));
    requests.put("p99Ms", load.map(LoadReport::p99Ms).orElse(null));
    return requests;
  }

  private static Map<String, Object> upgrade(Facts facts) {
    Timeline timeline = facts.timeline();
    Instant now = Instant.now();
    Map<String, Object> upgrade = new LinkedHashMap<>();
    upgrade.put("scenario", facts.scenario());
    upgrade.put("cluster", timeline.cluster());
    upgrade.put("procedure", timeline.procedure());
    upgrade.put("state", timeline.state());
    upgrade.put("durationMs", timeline.duration(now).toMillis());
    upgrade.put("totalMs", facts.total().toMillis());
    upgrade.put(
        "phases",
        timeline.phases().stream()
            .map(
                phase ->
                    Map.of(
                        "name", phase.name(),
                        "attempts", phase.attempts(),
                        "durationMs", phase.duration(now).toMillis()))
            .toList());
    upgrade.put("requests", requests(facts.load()));
    facts
        .breachToZero()
        .ifPresent(took -> upgrade.put("rollback", Map.of("breachToZeroMs", took.toMillis())));
    OutageWatch.measured(timeline.facts())
        .ifPresent(seconds -> upgrade.put("downtime", Map.of("seconds", Long.parseLong(seconds))));
    Map<String, Object> copy = CopyVerdict.report(timeline.facts());
    if (!copy.isEmpty()) {
      upgrade.put("copy", copy);
    }
    upgrade.put(
        "journal", Map.of("entries", timeline.entries(), "replayEqual", facts.replayEqual()));
    upgrade.put("notApplicable", facts.notApplicable());
    return upgrade;
  }
}
