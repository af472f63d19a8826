package io.changeover.planner.core;

import static io.changeover.planner.core.Invariants.need;

import java.util.Optional;
import java.util.stream.Stream;

/// What procedures other than the plain ones ask for before a phase, see [Invariants].
///
/// With downtime, blue stops only once it is drained and every gate is passed, the first migration
/// comes only once blue is gone, and green starts only on a finished schema. From Community, the
/// first migration needs a backup and a count of the entities. In a hybrid cluster the Admin API
/// must be frozen and green's control planes up before green's data planes start, and blue's
/// control planes stop after its data planes. Without datastore green starts only on a file that
/// its binary read, and blue stops only once every gate is passed. An install starts nodes only on
/// a schema that was bootstrapped, or on a file that was read.
final class ProcedureInvariants {
  private ProcedureInvariants() {}

  static Stream<Optional<String>> withDowntime(Run run, Phase phase) {
    Evidence seen = run.evidence();
    Optional<String> gone = need(seen.blueStopped(), "blue observed stopped");
    return switch (phase.action()) {
      case STOP_NODES ->
          phase.side() == Side.BLUE
              ? Stream.of(
                  need(seen.seen().drained(), "blue observed drained"), Invariants.gates(run))
              : Stream.empty();
      case MIGRATE_UP, MIGRATE_FINISH -> Stream.of(gone, Invariants.gates(run));
      case START_NODES ->
          phase.side() == Side.GREEN
              ? Stream.of(gone, need(Invariants.finished(run), "migrations observed finished"))
              : Stream.empty();
      case OPEN_ADMIN ->
          phase.side() == Side.GREEN
              ? Stream.of(gone, need(seen.trafficOnGreen(), "all traffic observed on green"))
              : Stream.empty();
      default -> Stream.empty();
    };
  }

  static Stream<Optional<String>> fromCommunity(Run run, Phase phase) {
    Seen seen = run.evidence().seen();
    return phase.action() == Action.MIGRATE_UP
        ? Stream.of(
            need(seen.saved(), "a backup proven"),
            need(!seen.entities().isEmpty(), "entities counted per workspace (entities.before)"),
            Invariants.gates(run))
        : Stream.empty();
  }

  static Stream<Optional<String>> hybrid(Run run, Phase phase) {
    Seen seen = run.evidence().seen();
    return switch (phase.action()) {
      case MIGRATE_UP -> Stream.of(Invariants.frozen(run));
      case START_NODES ->
          phase.side() == Side.GREEN
              ? Stream.of(
                  Invariants.frozen(run),
                  need(
                      phase.role() == Role.CONTROL_PLANE || seen.controlPlanesUp(),
                      "green's control planes observed up"))
              : Stream.empty();
      case STOP_NODES ->
          phase.side() == Side.BLUE
              ? Stream.of(
                  need(
                      phase.role() == Role.DATA_PLANE || seen.dataPlanesStopped(),
                      "blue's data planes observed stopped"))
              : Stream.empty();
      default -> Stream.empty();
    };
  }

  static Stream<Optional<String>> withoutDatastore(Run run, Phase phase) {
    return switch (phase.action()) {
      case START_NODES -> phase.side() == Side.GREEN ? Stream.of(parsed(run)) : Stream.empty();
      case STOP_NODES ->
          phase.side() == Side.BLUE ? Stream.of(Invariants.gates(run)) : Stream.empty();
      default -> Stream.empty();
    };
  }

  static Stream<Optional<String>> fresh(Run run, Phase phase) {
    Seen seen = run.evidence().seen();
    return phase.action() == Action.START_NODES
        ? Stream.of(
            need(
                run.evidence().copied().bootstrapped() || seen.parsed(),
                "a schema observed bootstrapped, or a file observed read"),
            need(
                phase.role() != Role.DATA_PLANE || seen.controlPlanesUp(),
                "control planes observed up"))
        : Stream.empty();
  }

  private static Optional<String> parsed(Run run) {
    return need(run.evidence().seen().parsed(), "the declarative file observed read by green");
  }
}
