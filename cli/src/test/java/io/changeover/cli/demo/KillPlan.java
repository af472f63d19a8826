package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Suite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which services are killed in which phase of a run; those of one phase at once.
///
/// Four runs of [#all] cover every pair of service and phase, one service in each phase; [#third]
/// takes a third of the pairs, chosen by a seed, in one run.
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

  private final Map<String, Set<String>> victims = new TreeMap<>();
  private final List<String> killed = new ArrayList<>();

  private KillPlan plus(String phase, String service) {
    victims.computeIfAbsent(phase, _ -> new TreeSet<>()).add(service);
    return this;
  }

  /// One of the four runs that cover everything: each phase loses another service in each run.
  static KillPlan all(int run) {
    KillPlan plan = new KillPlan();
    for (int i = 0; i < PHASES.size(); i++) {
      plan.plus(PHASES.get(i), SERVICES.get((i + run) % SERVICES.size()));
    }
    return plan;
  }

  /// A third of all pairs.
  static KillPlan third(long seed) {
    return third(seed, PHASES);
  }

  /// A third of all pairs of these phases.
  static KillPlan third(long seed, List<String> phases) {
    List<String[]> pairs = new ArrayList<>();
    for (String phase : phases) {
      for (String service : SERVICES) {
        pairs.add(new String[] {phase, service});
      }
    }
    Collections.shuffle(pairs, new Random(seed));
    KillPlan plan = new KillPlan();
    pairs.subList(0, (pairs.size() + 2) / 3).forEach(pair -> plan.plus(pair[0], pair[1]));
    return plan;
  }

  /// Kills what is due: a service in the phase that runs now.
  void look(Timeline timeline, Suite suite) {
    for (Timeline.PhaseLine phase : timeline.phases()) {
      if (phase.outcome().equals("running") && phase.attempts() == 1) {
        for (String victim : victims.getOrDefault(phase.name(), Set.of())) {
          // One that is still dead from the phase before is dead in this one too.
          suite.process(victim).ifPresent(ProcessHandle::destroyForcibly);
          killed.add(victim + " in " + phase.name());
        }
        victims.remove(phase.name());
      }
    }
  }

  List<String> killed() {
    return List.copyOf(killed);
  }

  /// How many pairs of the plan were not killed (yet).
  int left() {
    return victims.values().stream().mapToInt(Set::size).sum();
  }

  @Override
  public String toString() {
    return "still to kill " + victims + ", killed " + killed;
  }
}
