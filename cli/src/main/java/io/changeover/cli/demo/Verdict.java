package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.sandbox.load.LoadClient;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Facts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What must hold at the end, looked up in the world and not in what services say, where the world
/// can be asked.
final class Verdict {
  private static final Duration BACK_WITHIN = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofSeconds(2);

  private final Topology place;
  private final DemoCluster cluster;
  private final Timeline timeline;
  private final List<Check> checks = new ArrayList<>();

  Verdict(Topology place, DemoCluster cluster, Timeline timeline) {
    this.place = place;
    this.cluster = cluster;
    this.timeline = timeline;
  }

  /// After an upgrade that nothing disturbed.
  ///
  /// @param during what was looked up while it ran
  List<Check> finished(LoadReport load, List<Check> during, Check journal)
      throws InterruptedException {
    state("FINISHED");
    checks.add(
        new Check(
            "no request failed",
            load.failed() == 0 && load.sent() > 0,
            "%d sent, %d failed %s".formatted(load.sent(), load.failed(), load.failures())));
    stopped("blue", place.blue());
    int code = cluster.migrationsList();
    checks.add(
        new Check(
            "`migrations list` of %s exits 0".formatted(Topology.TO),
            code == 0,
            "it exits " + code));
    checks.addAll(during);
    if (place.store() instanceof OnCassandra keyspaces) {
      checks.add(new AdminProbe(place).check("green", Topology.TO));
      CopyVerdict.add(keyspaces, timeline, checks);
    }
    checks.add(journal);
    return List.copyOf(checks);
  }

  /// After a breach.
  ///
  /// @param load still sending
  List<Check> rolledBack(
      LoadClient load, Map<String, String> before, Map<String, String> after, Check journal)
      throws InterruptedException {
    state("ROLLED_BACK");
    Optional<Duration> took = breachToZero(timeline);
    checks.add(
        new Check(
            "traffic was back on blue within 2 s of the breach",
            took.isPresent() && took.get().compareTo(BACK_WITHIN) <= 0,
            took.map(t -> t.toMillis() + " ms").orElse("the reports do not say when")));
    blueServes(load);
    stopped("green", place.green());
    checks.add(new AdminProbe(place).check("blue", Topology.FROM));
    Set<String> changed =
        before.keySet().stream()
            .filter(table -> !Objects.equals(before.get(table), after.get(table)))
            .collect(Collectors.toSet());
    checks.add(
        new Check(
            "nothing is lost from the configuration",
            changed.isEmpty() && !before.isEmpty(),
            changed.isEmpty()
                ? before.size() + " tables with equal digests"
                : "these tables differ: " + changed));
    checks.add(journal);
    return List.copyOf(checks);
  }

  private void state(String expected) {
    checks.add(
        new Check(
            "the upgrade is " + expected,
            timeline.state().equals(expected),
            timeline.state()
                + timeline
                    .hold()
                    .map(h -> ", held at " + h.getAt() + ": " + h.getReason())
                    .orElse("")
                + (timeline.refusals().isEmpty() ? "" : " " + timeline.refusals())));
  }

  private void blueServes(LoadClient load) throws InterruptedException {
    LoadReport from = load.report();
    Thread.sleep(WINDOW);
    LoadReport to = load.report();
    long blue = served(to, Topology.FROM) - served(from, Topology.FROM);
    long green = served(to, Topology.TO) - served(from, Topology.TO);
    long failed = to.failed() - from.failed();
    checks.add(
        new Check(
            "blue serves everything",
            blue > 0 && green == 0 && failed == 0,
            "in %d s: %d from blue, %d from green, %d failed"
                .formatted(WINDOW.toSeconds(), blue, green, failed)));
  }

  private static long served(LoadReport report, String version) {
    return report.servedBy().getOrDefault(version, 0L);
  }

  private void stopped(String side, List<NodePlace> nodes) {
    List<String> running =
        nodes.stream()
            .filter(node -> StandIn.process(node.prefix()).isPresent())
            .map(NodePlace::name)
            .toList();
    checks.add(
        new Check(
            side + " is stopped",
            running.isEmpty(),
            running.isEmpty() ? nodes.size() + " nodes, none runs" : running + " run"));
  }

  /// From the failed analysis to the router seen sending green nothing more, as the traffic-service
  /// measured it.
  static Optional<Duration> breachToZero(Timeline timeline) {
    String breach = timeline.facts().get(Facts.BREACH_AT);
    String zero = timeline.facts().get(Facts.ZERO_AT);
    if (breach == null || zero == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.between(Instant.parse(breach), Instant.parse(zero)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
