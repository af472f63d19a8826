package io.changeover.planner.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What must have been seen before a phase may be commanded, whatever the plan says.
///
/// `finish` needs all traffic observed on green, blue observed stopped, and every gate before it
/// passed. Stopping blue needs green at 100 % and its soak passed. Green's Admin API opens only
/// when blue's nodes are gone.
final class Invariants {
  private Invariants() {}

  /// What is missing, in words; empty when the phase is safe.
  static Optional<String> forbid(Run run, Phase phase) {
    List<String> missing = missing(run, phase).flatMap(Optional::stream).toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }

  private static Stream<Optional<String>> missing(Run run, Phase phase) {
    Evidence seen = run.evidence();
    return switch (phase.action()) {
      case MIGRATE_FINISH ->
          Stream.of(
              need(seen.trafficOnGreen(), "all traffic observed on green"),
              need(seen.blueStopped(), "blue observed stopped"),
              need(
                  seen.gatesPassed().containsAll(gatesBefore(run)),
                  "gates passed " + gatesBefore(run)));
      case STOP_NODES ->
          phase.side() == Side.BLUE
              ? Stream.of(
                  need(seen.trafficOnGreen(), "all traffic observed on green"),
                  need(seen.soaked(), "a soak at 100 % passed"))
              : Stream.empty();
      case OPEN_ADMIN ->
          phase.side() == Side.GREEN
              ? Stream.of(
                  need(seen.blueStopped(), "blue observed stopped"),
                  need(seen.schema().equals("executed"), "migrations observed finished"))
              : Stream.empty();
      case PREFLIGHT,
          PREFLIGHT_ROUTER,
          BACKUP,
          FENCE_ADMIN,
          MIGRATE_UP,
          START_NODES,
          SHIFT,
          SOAK,
          DRAIN,
          VERIFY,
          RESTORE_TRAFFIC,
          VERIFY_ROLLBACK,
          RUNBOOK ->
          Stream.empty();
    };
  }

  private static List<String> gatesBefore(Run run) {
    return run.current().steps().subList(0, run.position()).stream()
        .filter(Gate.class::isInstance)
        .map(Step::name)
        .toList();
  }

  private static Optional<String> need(boolean met, String words) {
    return met ? Optional.empty() : Optional.of(words);
  }
}
