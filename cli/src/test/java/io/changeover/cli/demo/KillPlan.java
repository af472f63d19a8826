package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Suite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/// Which services are killed in which phase of a run, and which of them really were: a process that
/// was not there was not killed.
final class KillPlan {
  static final List<String> SERVICES =
      List.of("planner-service", "migrator-service", "traffic-service", "exporter-service");
  static final List<String> PHASES =
      List.of(
          "preflight",
          "preflight-router",
          "backup",
          "fence-admin",
          "migrate-up",
          "start-green",
          "shift-5",
          "shift-25",
          "shift-50",
          "shift-100",
          "soak",
          "drain-blue",
          "stop-blue",
          "migrate-finish",
          "open-admin",
          "verify");

  /// Of a copy between keyspaces.
  static final List<String> COPY_PHASES =
      List.of(
          "preflight",
          "preflight-router",
          "freeze-admin",
          "bootstrap",
          "copy",
          "compare",
          "start-green",
          "shift-5",
          "shift-25",
          "shift-50",
          "shift-100",
          "soak",
          "drain-blue",
          "cut",
          "stop-blue",
          "open-admin",
          "verify");

  /// Of a rollback after a breach.
  static final List<String> ROLLBACK_PHASES =
      List.of("rollback-traffic", "rollback-stop-green", "rollback-open-admin", "rollback-verify");

  /// A service that dies in a phase.
  record Pair(String phase, String service) {
    @Override
    public String toString() {
      return service + " in " + phase;
    }
  }

  private final Function<String, List<Pair>> choice;
  private final List<Pair> planned;
  private final Set<String> met = new HashSet<>();
  private final Set<Pair> killed = new LinkedHashSet<>();
  private final Set<Long> dead = new HashSet<>();

  private KillPlan(List<Pair> planned) {
    this(planned, _ -> List.of());
  }

  /// @param choice of what else is killed in a phase, once it runs for the first time
  private KillPlan(List<Pair> planned, Function<String, List<Pair>> choice) {
    this.planned = new ArrayList<>(planned);
    this.choice = choice;
  }

  /// Every service in every one of these phases.
  static List<Pair> pairs(List<String> phases) {
    return phases.stream()
        .flatMap(phase -> SERVICES.stream().map(service -> new Pair(phase, service)))
        .toList();
  }

  /// For one of the runs that cover all of these pairs: one service in each phase.
  static KillPlan oneOfEach(Collection<Pair> left) {
    Map<String, Pair> first = new LinkedHashMap<>();
    left.forEach(pair -> first.putIfAbsent(pair.phase(), pair));
    return new KillPlan(List.copyOf(first.values()));
  }

  /// One service in each phase, whatever phases there are.
  static KillPlan oneInEachPhase(long seed) {
    return new KillPlan(
        List.of(),
        phase -> {
          Random random = new Random(seed + phase.hashCode());
          return List.of(new Pair(phase, SERVICES.get(random.nextInt(SERVICES.size()))));
        });
  }

  /// A third of all pairs of these phases.
  static KillPlan third(long seed, List<String> phases) {
    List<Pair> pairs = new ArrayList<>(pairs(phases));
    Collections.shuffle(pairs, new Random(seed));
    return new KillPlan(pairs.subList(0, (pairs.size() + 2) / 3));
  }

  /// Kills what is due: a service in the phase that runs now, if it runs itself. One that is still
  /// dead from the kill before is waited for as long as the phase lasts.
  void look(Timeline timeline, Suite suite) {
    Set<String> running = new HashSet<>();
    for (Timeline.PhaseLine phase : timeline.phases()) {
      if (phase.outcome().equals("running")) {
        running.add(phase.name());
      }
    }
    running.stream().filter(met::add).map(choice).forEach(planned::addAll);
    for (Pair pair : planned) {
      if (running.contains(pair.phase()) && !killed.contains(pair)) {
        suite
            .process(pair.service())
            .filter(process -> dead.add(process.pid()))
            .ifPresent(
                process -> {
                  process.destroyForcibly();
                  killed.add(pair);
                });
      }
    }
  }

  List<Pair> planned() {
    return List.copyOf(planned);
  }

  /// The pairs whose service ran and was killed.
  Set<Pair> killed() {
    return Set.copyOf(killed);
  }

  @Override
  public String toString() {
    return "planned " + planned + ", killed " + killed;
  }
}
