package io.changeover.planner.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tries every kind of input in every situation that can be reached, and writes down where it
/// leads.
final class Exploration {
  private static final UpgradeDecider DECIDER = new UpgradeDecider();
  private static final Instant AT = Journey.T0;

  private final SortedMap<Edge, Set<String>> transitions = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<UpgradeState> open = new ArrayDeque<>();

  /// One way from stage to stage.
  record Edge(String from, String input, String to) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return (from + "|" + to + "|" + input)
          .compareTo(other.from + "|" + other.to + "|" + other.input);
    }
  }

  Exploration() {
    visit(DECIDER.initial());
    while (!open.isEmpty()) {
      UpgradeState state = open.remove();
      inputs(state).forEach((word, input) -> tried(state, word, input));
    }
  }

  Map<Edge, Set<String>> transitions() {
    return transitions;
  }

  private void tried(UpgradeState state, String word, UpgradeInput input) {
    List<UpgradeEvent> decided = DECIDER.decide(state, input);
    if (decided.isEmpty()) {
      return;
    }
    UpgradeState after = DECIDER.fold(state, decided);
    String events =
        decided.stream()
            .map(event -> event.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    transitions
        .computeIfAbsent(new Edge(state.stage(), word, after.stage()), edge -> new TreeSet<>())
        .add(events);
    visit(after);
  }

  private void visit(UpgradeState state) {
    if (seen.add(situation(state))) {
      open.add(state);
    }
  }

  /// What makes a difference to what can happen next.
  private static String situation(UpgradeState state) {
    String at = state instanceof UpgradeState.Known known ? known.at() : "";
    String procedure =
        state instanceof UpgradeState.Planned planned
            ? planned.run().current().procedure().word()
                + planned.run().evidence().copied().unchanged()
            : "";
    String turn =
        state instanceof UpgradeState.Working working
            ? working.turn().getClass().getSimpleName() + Math.min(working.turn().tries(), 3)
            : "";
    return state.stage() + "|" + procedure + "|" + at + "|" + turn;
  }

  private static Map<String, UpgradeInput> inputs(UpgradeState state) {
    Map<String, UpgradeInput> inputs = new LinkedHashMap<>();
    Journey asks = Journey.nowhere();
    inputs.put("start", Inventories.startOf(Exploration::gated));
    inputs.put("start of a copy", Inventories.startOf(Exploration::copying));
    inputs.put("start of two hops", Inventories.hops());
    inputs.put("start from Community", Inventories.community());
    inputs.put("start of a hybrid cluster", Inventories.hybrid());
    inputs.put("start without datastore", Inventories.dbLess());
    inputs.put("install", Inventories.install(Inventories.Setting.USUAL.serving("")));
    inputs.put("start that cannot work", Inventories.start(ask -> ask.to("9.9.9")));
    inputs.put("pause", asks.pause());
    inputs.put("resume", asks.resume());
    inputs.put("abort", asks.abort());
    inputs.put("retry", asks.retry());
    inputs.put("admission", asks.room());
    if (state instanceof UpgradeState.Waiting waiting) {
      inputs.put("approval", asks.answer(waiting.gate().name(), "APPROVED"));
      inputs.put("rejection", asks.answer(waiting.gate().name(), "REJECTED"));
    }
    state.due().ifPresent(due -> inputs.put("timer", new UpgradeInput.TimerFired("t", due, 1)));
    if (state instanceof UpgradeState.Working working
        && working.turn() instanceof Turn.Outstanding) {
      reports(working, inputs);
    }
    return inputs;
  }

  private static Inventories.Draft gated(Inventories.Draft draft) {
    return draft
        .gates(
            Inventories.gate("confirm", "migrate-finish", java.time.Duration.ofHours(24)),
            Inventories.gate("open?", "open-admin", java.time.Duration.ofHours(24)))
        .hooks(Inventories.hook("notify", "soak"));
  }

  private static Inventories.Draft copying(Inventories.Draft draft) {
    return gated(draft)
        .by("keyspace-copy", "kong-yml")
        .gates(
            Inventories.gate("confirm", "drain-blue", java.time.Duration.ofHours(24)),
            Inventories.gate("open?", "open-admin", java.time.Duration.ofHours(24)));
  }

  private static void reports(UpgradeState.Working state, Map<String, UpgradeInput> inputs) {
    inputs.put("proof", report(state, ReportKind.COMPLETED, null));
    inputs.put("report of unknown kind", report(state, ReportKind.UNKNOWN, null));
    for (FailureKind kind : FailureKind.values()) {
      Report.Failure failure = new Report.Failure(kind, "broke", "whole", "mend");
      inputs.put(
          "failure " + kind.name().toLowerCase(java.util.Locale.ROOT),
          report(state, ReportKind.FAILED, failure));
    }
    Report proof = report(state, ReportKind.COMPLETED, null);
    inputs.put("completion without proof", completed(proof, proof.facts(), List.of("a blocker")));
    if (proof.facts().containsKey("digest.config")) {
      SortedMap<String, String> changed = Evidences.with(proof.facts(), Evidences.CHANGED);
      inputs.put("proof, of a changed configuration", completed(proof, changed, List.of()));
    }
  }

  private static Report completed(
      Report proof, SortedMap<String, String> facts, List<String> blockers) {
    return new Report(
        "r",
        AT,
        1,
        Journey.CLUSTER,
        proof.phase(),
        proof.attempt(),
        "w",
        proof.kind(),
        facts,
        blockers,
        null);
  }

  private static Report report(
      UpgradeState.Working state, ReportKind kind, Report.@Nullable Failure failure) {
    return new Report(
        "r",
        AT,
        1,
        Journey.CLUSTER,
        state.phase().name(),
        state.turn().attempt(),
        "w",
        kind,
        Evidences.of(state.run(), state.phase()),
        List.of(),
        failure);
  }
}
