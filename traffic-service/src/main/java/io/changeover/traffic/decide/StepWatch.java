package io.changeover.traffic.decide;

import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Reading;
import io.changeover.traffic.router.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Watches one step after its weights were set, one reading at a time, and says when it is done or
/// must stop. It is a state machine over readings: the same readings at the same times give the
/// same looks.
public final class StepWatch {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StepGoal goal;
  private final Sides sides;
  private final WeightPlan plan;
  private final Instant begun;
  private final Map<MetricName, Double> baselines;

  private Observation last;
  private Instant measuredAt;
  private Window measuring = Window.NONE;
  private Window total = Window.NONE;
  private ShareWatch share = ShareWatch.START;
  private AnalysisRun run;
  private Optional<Gauge> gauge = Optional.empty();

  /// Begins.
  ///
  /// @param first the reading that proved the weights
  /// @param remembered blue's last values of earlier steps, for conditions on a baseline once blue
  ///   has no traffic
  public StepWatch(
      StepGoal goal,
      Sides sides,
      WeightPlan plan,
      Observation first,
      Map<MetricName, Double> remembered) {
    this.goal = goal;
    this.sides = sides;
    this.plan = plan;
    this.last = first;
    this.begun = first.at();
    this.measuredAt = first.at();
    this.run = AnalysisRun.start(goal.count(), goal.weight() == 0 ? List.of() : goal.rules());
    this.baselines = new EnumMap<>(MetricName.class);
    this.baselines.putAll(remembered);
  }

  /// One look.
  ///
  /// @param log what the log stream said since it was last asked; asked only when a measurement is
  ///   taken
  public Look see(Reading reading, Instant now, Supplier<LogWindow> log) {
    return switch (reading) {
      case Reading.Unknown(String reason) -> unknown(reason, now);
      case Reading.NoBackend(String words) -> new Look.ChangedBehindOurBack("no backend: " + words);
      case Reading.Seen(Observation observation) -> seen(observation, now, log);
    };
  }

  private Look unknown(String reason, Instant now) {
    if (due(now)) {
      measuredAt = now;
      run = run.withError(reason);
    }
    boolean tooLong =
        run.tallies().isEmpty() && Duration.between(last.at(), now).compareTo(PATIENCE) > 0;
    return tooLong
        ? new Look.Unmeasurable(reason)
        : ended().orElseGet(() -> new Look.Watching(List.of("the router: " + reason)));
  }

  private Look seen(Observation observation, Instant now, Supplier<LogWindow> log) {
    if (!plan.isIn(observation) || !Split.of(observation, sides).isPercent(goal.weight())) {
      return new Look.ChangedBehindOurBack(Split.of(observation, sides).toString());
    }
    count(observation);
    if (goal.weight() > 0
        && observation.servers(sides.green()).stream().noneMatch(Server::usable)) {
      return new Look.Breached("the router says that no server of green is up");
    }
    if (due(now) && !run.tallies().isEmpty() && enough()) {
      measure(now, log.get());
    }
    return ended().orElseGet(() -> state(now));
  }

  private void count(Observation observation) {
    Optional<Window> delta = Window.between(last, observation, sides);
    last = observation;
    if (delta.isPresent()) {
      total = total.plus(delta.get());
      measuring = measuring.plus(delta.get());
      share = share.with(delta.get(), goal.share());
    } else {
      measuring = Window.NONE;
      share = share.anew();
      measuredAt = observation.at();
      run = run.withError("the router restarted, its counters began anew");
    }
  }

  private boolean due(Instant now) {
    return Duration.between(measuredAt, now).compareTo(goal.interval()) >= 0;
  }

  private boolean enough() {
    return measuring.green().counters().completed() >= Math.max(1, goal.minimumRequests());
  }

  private void measure(Instant now, LogWindow log) {
    Gauge measured = Gauge.of(measuring, log, goal.minimumRequests());
    baselines.putAll(measured.blue());
    Map<MetricName, Verdict> verdicts = new EnumMap<>(MetricName.class);
    run.tallies()
        .forEach(
            tally -> {
              MetricName name = tally.rule().name();
              verdicts.put(name, tally.rule().judge(measured.measured(name, baselines)));
            });
    run = run.with(verdicts);
    gauge = Optional.of(measured);
    measuring = Window.NONE;
    measuredAt = now;
  }

  private Optional<Look> ended() {
    return run.verdict()
        .flatMap(
            verdict ->
                switch (verdict) {
                  case Verdict.Successful _ -> Optional.empty();
                  case Verdict.Failed(String why) -> Optional.of(new Look.Breached(why));
                  case Verdict.Inconclusive(String why) -> Optional.of(new Look.Inconclusive(why));
                  case Verdict.Error(String why) -> Optional.of(new Look.Unmeasurable(why));
                });
  }

  private Look state(Instant now) {
    List<String> waiting = new ArrayList<>();
    if (!share.agrees(goal.share())) {
      waiting.add(
          "requests to agree with %d %% on green (%d of %d seen in the window)"
              .formatted(
                  goal.weight(), share.window().share().hits(), share.window().share().total()));
    }
    long completed = total.green().counters().completed();
    if (goal.weight() > 0 && completed < goal.minimumRequests()) {
      waiting.add("%d requests on green (%d seen)".formatted(goal.minimumRequests(), completed));
    }
    if (Duration.between(begun, now).compareTo(goal.pause()) < 0) {
      waiting.add("the pause of %d s".formatted(goal.pause().toSeconds()));
    }
    if (run.verdict().isEmpty()) {
      waiting.add("the analysis (%d measurements per metric)".formatted(run.count()));
    }
    waiting.addAll(downServers());
    return waiting.isEmpty() ? new Look.Done() : new Look.Watching(List.copyOf(waiting));
  }

  private List<String> downServers() {
    return last.servers(sides.all()).stream()
        .filter(server -> plan.weights().getOrDefault(server.name(), 0) > 0 && !server.usable())
        .map(server -> "server " + server.name() + " to be up")
        .toList();
  }

  /// Everything counted since the step began.
  public Window total() {
    return total;
  }

  /// The share of the window that runs, or the last that could tell.
  public Proportion share() {
    return share.window().share().total() > 0 ? share.window().share() : share.lastTold();
  }

  /// The last measurement.
  public Optional<Gauge> gauge() {
    return gauge;
  }

  /// The analysis so far.
  public AnalysisRun run() {
    return run;
  }

  /// The last reading that could be understood.
  public Observation last() {
    return last;
  }

  /// Blue's last values, to remember.
  public Map<MetricName, Double> baselines() {
    return Map.copyOf(baselines);
  }
}
