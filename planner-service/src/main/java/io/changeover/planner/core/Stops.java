package io.changeover.planner.core;

import io.changeover.planner.core.ClusterSnapshot.GateBefore;
import io.changeover.planner.core.ClusterSnapshot.HookBefore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where an itinerary stops: the gates and then the hooks before each phase.
record Stops(ClusterSnapshot cluster, Itinerary itinerary) {
  private static final String CONFIRM = "confirm";
  private static final Duration CONFIRM_WITHIN = Duration.ofHours(24);

  Hop hop(String from, String to) {
    return new Hop(itinerary.procedure(), from, to, steps(), itinerary.back());
  }

  private List<Step> steps() {
    List<GateBefore> gates = gates();
    List<Step> steps = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Phase phase : itinerary.forward()) {
      gates.stream()
          .filter(gate -> gate.before().equals(phase.name()))
          .forEach(gate -> steps.add(new Gate(gate.name(), gate.deadline())));
      cluster.hooks().stream()
          .filter(hook -> hook.before().equals(phase.name()))
          .forEach(hook -> steps.add(runbook(hook, taken)));
      steps.add(phase);
    }
    return steps;
  }

  /// The cluster's gates and those that it does not mention and gets all the same. `confirm` is
  /// added where other gates are asked for without one at its place: an empty list means that
  /// nobody wants to be asked.
  List<GateBefore> gates() {
    if (itinerary.procedure() instanceof Procedure.Fresh) {
      return cluster.gates().stream().filter(gate -> !gate.name().equals(CONFIRM)).toList();
    }
    String confirmed = itinerary.confirmed();
    List<GateBefore> gates =
        new ArrayList<>(cluster.gates().stream().map(gate -> placed(gate, confirmed)).toList());
    if (!gates.isEmpty() && gates.stream().noneMatch(gate -> gate.before().equals(confirmed))) {
      gates.add(new GateBefore(CONFIRM, confirmed, CONFIRM_WITHIN));
    }
    itinerary.owed().stream()
        .filter(owed -> cluster.gates().stream().noneMatch(gate -> standsFor(gate, owed)))
        .forEach(gates::add);
    return gates;
  }

  /// The inventory names the place of `confirm` for the usual hop; every other procedure has its
  /// own.
  private GateBefore placed(GateBefore gate, String confirmed) {
    return switch (itinerary.procedure()) {
      case Procedure.Shared _, Procedure.Copy _ -> gate;
      case Procedure.Downtime _,
          Procedure.Community _,
          Procedure.Hybrid _,
          Procedure.DbLess _,
          Procedure.Fresh _ ->
          gate.name().equals(CONFIRM) ? new GateBefore(CONFIRM, confirmed, gate.deadline()) : gate;
    };
  }

  /// A cluster may say how long it stays open.
  private static boolean standsFor(GateBefore gate, GateBefore owed) {
    return gate.name().equals(owed.name()) && gate.before().equals(owed.before());
  }

  private static Phase runbook(HookBefore hook, Set<String> taken) {
    String name = "runbook-" + hook.runbook();
    for (int i = 2; !taken.add(name); i++) {
      name = "runbook-" + hook.runbook() + "-" + i;
    }
    return Phase.of(Action.RUNBOOK, hook.deadline()).named(name).by(hook.runbook());
  }
}
