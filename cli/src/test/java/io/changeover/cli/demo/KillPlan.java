package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Suite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Which service is killed in which phase, at most one in each phase of a run.
///
/// Four runs of [#all] cover every pair of service and phase; [#third] takes a third of the pairs,
/// chosen by a seed, and needs two runs.
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

  private final Map<String, String> victims;
  private final List<String> killed = new ArrayList<>();

  private KillPlan(Map<String, String> victims) {
    this.victims = victims;
  }

  /// One of the four runs that cover everything: each phase loses another service in each run.
  static KillPlan all(int run) {
    Map<String, String> victims = new HashMap<>();
    for (int i = 0; i < PHASES.size(); i++) {
      victims.put(PHASES.get(i), SERVICES.get((i + run) % SERVICES.size()));
    }
    return new KillPlan(victims);
  }

  /// One of two runs that share a third of all pairs.
  static List<KillPlan> third(long seed) {
    List<String[]> pairs = new ArrayList<>();
    for (String phase : PHASES) {
      for (String service : SERVICES) {
        pairs.add(new String[] {phase, service});
      }
    }
    Collections.shuffle(pairs, new Random(seed));
    List<Map<String, String>> runs = List.of(new HashMap<>(), new HashMap<>());
    int wanted = (pairs.size() + 2) / 3;
    int taken = 0;
    for (String[] pair : pairs) {
      for (Map<String, String> run : runs) {
        if (taken < wanted && run.putIfAbsent(pair[0], pair[1]) == null) {
          taken++;
          break;
        }
      }
    }
    return runs.stream().map(KillPlan::new).toList();
  }

  /// Kills what is due: a service in the phase that runs now.
  void look(Timeline timeline, Suite suite) {
    for (Timeline.PhaseLine phase : timeline.phases()) {
      String victim = victim(phase);
      if (victim != null) {
        suite.process(victim).ifPresent(process -> kill(phase.name(), victim, process));
      }
    }
  }

  private @Nullable String victim(Timeline.PhaseLine phase) {
    return phase.outcome().equals("running") && phase.attempts() == 1
        ? victims.get(phase.name())
        : null;
  }

  private void kill(String phase, String victim, ProcessHandle process) {
    victims.remove(phase);
    process.destroyForcibly();
    killed.add(victim + " in " + phase);
  }

  List<String> killed() {
    return List.copyOf(killed);
  }

  @Override
  public String toString() {
    return "still to kill " + victims + ", killed " + killed;
  }
}
