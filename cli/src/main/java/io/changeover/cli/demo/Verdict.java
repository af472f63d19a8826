package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What must hold at the end, looked up in the world and not in what services say, where the world
/// can be asked.
final class Verdict {
  private static final Duration BACK_WITHIN = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final double LEAST_RATE = 100;

  /// What green answers a share of requests with in a run that injects errors.
  private static final String INJECTED = "status-500";

  /// Most clients have given up by then; a router that holds requests back for so long has lost
  /// them for people, whatever it answers in the end.
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final Staging staging;
  private final Ended run;
  private final Topology place;
  private final Timeline timeline;
  private final List<Check> checks = new ArrayList<>();

  Verdict(Staging staging, Ended run) {
    this.staging = staging;
    this.run = run;
    this.place = run.place();
    this.timeline = run.timeline();
  }

  /// After a run that nothing disturbed.
  ///
  /// @param load empty where nothing served before
  List<Check> finished(Optional<Load> load, Check journal) throws InterruptedException {
    state("FINISHED");
    if (load.isPresent()) {
      LoadReport sent = load.get().stop();
      checks.addAll(staging.requests(run, sent, load.get().startedAt()));
      stopped("blue", place.blue());
    }
    checks.addAll(staging.proofs(run));
    checks.add(journal);
    return List.copyOf(checks);
  }

  /// Whether the report is that of the client which began then: a later one is of a client that
  /// died and was started again.
  static boolean unbroken(LoadReport load, Instant startedAt) {
    return load.startedAt().equals(startedAt);
  }

  /// What is said of the client beside what it saw.
  static String ofClient(boolean unbroken) {
    return unbroken ? "" : ", and the load client died meanwhile";
  }

  /// All that was sent, and by a client that never died.
  static Check answered(LoadReport load, Instant startedAt) {
    boolean unbroken = unbroken(load, startedAt);
    return new Check(
        "no request failed",
        unbroken && load.failed() == 0 && load.inFlight() == 0 && load.ok() == load.sent(),
        "%d sent, %d answered right, %d failed %s%s"
            .formatted(load.sent(), load.ok(), load.failed(), load.failures(), ofClient(unbroken)));
  }

  /// All that failed is what green was made to answer: nothing was cut off, nothing waited in vain.
  static Check onlyInjected(LoadReport load, Instant startedAt) {
    boolean unbroken = unbroken(load, startedAt);
    return new Check(
        "nothing failed but green's injected errors",
        unbroken && load.inFlight() == 0 && load.failures().keySet().equals(Set.of(INJECTED)),
        "%d sent, %d answered right, %s%s"
            .formatted(load.sent(), load.ok(), load.failures(), ofClient(unbroken)));
  }

  /// That there was traffic to lose, of every kind, and that none of it had to wait.
  static Check flowed(LoadReport load) {
    boolean everyKind = load.fresh() > 0 && load.keptAlive() > 0 && load.keyed() > 0;
    return new Check(
        "at least %.0f requests/s flowed, none waited %d s"
            .formatted(LEAST_RATE, LONGEST_ANSWER.toSeconds()),
        everyKind
            && load.meanRate() >= LEAST_RATE
            && load.maxMs() < LONGEST_ANSWER.toMillis()
            && !load.running(),
        "%.0f/s, the longest took %.0f ms; %d on fresh connections, %d on kept ones, %d with a key"
            .formatted(
                load.meanRate(), load.maxMs(), load.fresh(), load.keptAlive(), load.keyed()));
  }

  /// After a breach.
  ///
  /// @param load still sending
  List<Check> rolledBack(
      Load load, Map<String, String> before, Map<String, String> after, Check journal)
      throws InterruptedException {
    state("ROLLED_BACK");
    blueServes(load);
    LoadReport sent = load.stop();
    checks.add(back(timeline, place.to(), sent));
    checks.add(onlyInjected(sent, load.startedAt()));
    checks.add(flowed(sent));
    stopped("green", place.green());
    checks.addAll(staging.proofsBack(run));
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

  /// The router's weight is what the traffic-service says; the last answer of green is what a
  /// client saw.
  static Check back(Timeline timeline, String green, LoadReport load) {
    Optional<Duration> weight = breachToZero(timeline);
    Optional<Duration> seen =
        instant(timeline.firstFacts().get(Facts.BREACH_AT))
            .flatMap(
                breach ->
                    Optional.ofNullable(load.lastServedBy().get(green))
                        .map(last -> Duration.between(breach, last)));
    boolean holds =
        Stream.of(weight, seen)
            .allMatch(took -> took.isPresent() && took.get().compareTo(BACK_WITHIN) <= 0);
    return new Check(
        "traffic was back on blue within 2 s of the breach",
        holds,
        "router at 0 %% after %s, last answer of green after %s"
            .formatted(words(weight), words(seen)));
  }

  private static String words(Optional<Duration> took) {
    return took.map(time -> time.toMillis() + " ms").orElse("nobody knows how long");
  }

  private void blueServes(Load load) throws InterruptedException {
    LoadReport from = load.report();
    Thread.sleep(WINDOW);
    LoadReport to = load.report();
    long blue = served(to, place.from()) - served(from, place.from());
    long green = served(to, place.to()) - served(from, place.to());
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
    return instant(timeline.firstFacts().get(Facts.BREACH_AT))
        .flatMap(
            breach ->
                instant(timeline.firstFacts().get(Facts.ZERO_AT))
                    .map(zero -> Duration.between(breach, zero)));
  }

  private static Optional<Instant> instant(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
