package io.changeover.inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Binds how a cluster wants to be upgraded; everything has a default.
final class PolicyBinder {

  static final Path BACKUPS = Path.of("/var/lib/changeover/backups");
  private static final TextParser<Backup.Mode> BACKUP =
      TextParser.oneOf(Words.of(Backup.Mode.values(), Backup.Mode::word));
  private static final TextParser<Backup.Format> FORMAT =
      TextParser.oneOf(Words.of(Backup.Format.values(), Backup.Format::word));
  private static final Duration DAY = Duration.ofHours(24);

  private PolicyBinder() {}

  static UpgradePolicy policy(Optional<Value> value, PhaseNames names) {
    return value.map(present -> policy(present.section(), names)).orElseGet(() -> usual(names));
  }

  private static UpgradePolicy policy(Section section, PhaseNames names) {
    Optional<Analysis> analysis =
        section.optional("analysis").map(AnalysisBinder::analysis).orElse(AnalysisBinder.USUAL);
    List<Step> steps =
        section
            .optional("steps")
            .map(value -> steps(value, analysis))
            .orElseGet(() -> usualSteps(analysis));
    List<String> phases = names.forward(steps);
    UpgradePolicy policy =
        new UpgradePolicy(
            backup(section),
            steps,
            duration(section, "soak", Duration.ofMinutes(10)),
            analysis,
            gates(section.optional("gates"), names, phases),
            section
                .optional("hooks")
                .map(
                    hooks ->
                        hooks.list().stream()
                            .map(hook -> hook(hook.section(), names, phases))
                            .toList())
                .orElse(List.of()),
            section.optional("deadlines").map(PolicyBinder::deadlines).orElse(Map.of()),
            section.optional("retry").map(Value::section).map(PolicyBinder::retry).orElse(RETRY),
            section
                .optional("heartbeat")
                .map(Value::section)
                .map(PolicyBinder::heartbeat)
                .orElse(HEARTBEAT),
            duration(section, "drain", Duration.ofSeconds(60)));
    section.end();
    return policy;
  }

  private static UpgradePolicy usual(PhaseNames names) {
    return new UpgradePolicy(
        new Backup(Backup.Mode.COPY, List.of("pg_dump"), BACKUPS, Set.of()),
        usualSteps(AnalysisBinder.USUAL),
        Duration.ofMinutes(10),
        AnalysisBinder.USUAL,
        List.of(confirm(names)),
        List.of(),
        Map.of(),
        RETRY,
        HEARTBEAT,
        Duration.ofSeconds(60));
  }

  private static Backup backup(Section section) {
    return new Backup(
        section
            .optional("backup")
            .map(value -> value.parsed(BACKUP, Backup.Mode.COPY))
            .orElse(Backup.Mode.COPY),
        section.optional("pgDump").map(Value::argv).orElse(List.of("pg_dump")),
        section
            .optional("backupDir")
            .map(value -> value.parsed(TextParser.ABSOLUTE_PATH, BACKUPS))
            .orElse(BACKUPS),
        section.optional("backupFormats").map(PolicyBinder::formats).orElse(Set.of()));
  }

  private static Set<Backup.Format> formats(Value value) {
    return value.list().stream()
        .map(item -> item.parsed(FORMAT, Backup.Format.KONG_YML))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Step> usualSteps(Optional<Analysis> analysis) {
    return List.of(5, 25, 50, 100).stream()
        .map(weight -> new Step(weight, Duration.ofSeconds(10), analysis))
        .toList();
  }

  private static List<Step> steps(Value value, Optional<Analysis> analysis) {
    List<Step> steps = value.list().stream().map(item -> step(item.section(), analysis)).toList();
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).setWeight() <= steps.get(i - 1).setWeight()) {
        value.problem(
            "step " + i + " does not rise above the one before",
            "weights that rise from step to step");
      }
    }
    if (steps.isEmpty() || steps.getLast().setWeight() != 100) {
      value.problem("the last step is not at 100", "`setWeight: 100` as the last step");
    }
    return steps;
  }

  private static Step step(Section section, Optional<Analysis> analysis) {
    Step step =
        new Step(
            section.required("setWeight").integer(1, 100),
            duration(section, "pause", Duration.ZERO),
            section.optional("analysis").map(AnalysisBinder::analysis).orElse(analysis));
    section.end();
    return step;
  }

  private static Gate confirm(PhaseNames names) {
    return new Gate(Gate.CONFIRM, names.confirmed(), DAY);
  }

  /// The gate `confirm` stands unless the list is there and empty.
  private static List<Gate> gates(Optional<Value> value, PhaseNames names, List<String> phases) {
    if (value.isEmpty()) {
      return List.of(confirm(names));
    }
    List<Gate> gates = new ArrayList<>();
    for (Value item : value.get().list()) {
      Gate gate = gate(item.section(), names, phases);
      if (!gate.name().isEmpty()
          && gates.stream().anyMatch(other -> other.name().equals(gate.name()))) {
        item.problem("a second gate `" + gate.name() + "`", "each name once");
      }
      names
          .place(gate.name())
          .filter(place -> !place.equals(gate.before()))
          .ifPresent(
              place ->
                  item.problem(
                      "`" + gate.name() + "` before " + gate.before(), "it before " + place));
      gates.add(gate);
    }
    if (!gates.isEmpty() && gates.stream().noneMatch(gate -> gate.name().equals(Gate.CONFIRM))) {
      gates.add(confirm(names));
    }
    return List.copyOf(gates);
  }

  private static Gate gate(Section section, PhaseNames names, List<String> phases) {
    Gate gate =
        new Gate(
            section.required("name").parsed(TextParser.NAME, ""),
            section.required("before").parsed(TextParser.oneOf(phases), names.confirmed()),
            duration(section, "deadline", DAY));
    section.end();
    return gate;
  }

  private static Hook hook(Section section, PhaseNames names, List<String> phases) {
    Hook hook =
        new Hook(
            new RunbookName(section.required("runbook").parsed(TextParser.NAME, "none")),
            section.required("before").parsed(TextParser.oneOf(phases), names.confirmed()),
            duration(section, "deadline", Duration.ofHours(1)));
    section.end();
    return hook;
  }

  private static Map<String, Duration> deadlines(Value value) {
    return Words.mapped(
        value.entries(),
        (action, deadline) -> {
          if (!PhaseNames.ACTIONS.contains(action)) {
            deadline.problem(
                "the key `" + action + "`", "one of " + String.join(", ", PhaseNames.ACTIONS));
          }
          return deadline.duration();
        });
  }

  private static final Retry RETRY = new Retry(3, Duration.ofSeconds(5));

  private static Retry retry(Section section) {
    Retry retry =
        new Retry(
            section.optional("maxAttempts").map(value -> value.integer(1, 100)).orElse(3),
            duration(section, "backoff", RETRY.backoff()));
    section.end();
    return retry;
  }

  private static final Heartbeat HEARTBEAT =
      new Heartbeat(Duration.ofSeconds(5), Duration.ofSeconds(30));

  private static Heartbeat heartbeat(Section section) {
    Heartbeat heartbeat =
        new Heartbeat(
            duration(section, "interval", HEARTBEAT.interval()),
            duration(section, "timeout", HEARTBEAT.timeout()));
    section.end();
    if (heartbeat.interval().isZero()) {
      section.problem("interval", "no time at all", "at least 1ms");
    }
    if (heartbeat.timeout().compareTo(heartbeat.interval().multipliedBy(2)) < 0) {
      section.problem("timeout", "less than two intervals", "at least twice the interval");
    }
    return heartbeat;
  }

  private static Duration duration(Section section, String key, Duration usual) {
    return section.optional(key).map(Value::duration).orElse(usual);
  }
}
