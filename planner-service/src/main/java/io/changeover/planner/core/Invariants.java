package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.UpgradeHeld;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What must have been seen before a phase may be commanded, whatever the plan says.
///
/// `finish` needs all traffic observed on green, blue observed stopped, and every gate before it
/// passed. Stopping blue needs green at 100 % and its soak passed. Green's Admin API opens only
/// when blue's nodes are gone.
///
/// Where keyspaces are copied, blue's Admin API must be frozen before the first row moves, green
/// starts only on a keyspace that was seen equal to blue's, and blue stops only once its last
/// writes have followed and every gate is passed; before both, blue's configuration must be the one
/// that was copied.
final class Invariants {
  private Invariants() {}

  /// The hold instead of a phase that is not safe; empty when it is.
  static Optional<UpgradeHeld> hold(Run run, Phase phase, int attempt, Instant at) {
    return forbid(run, phase)
        .map(missing -> new UpgradeHeld(hold(run, phase, missing, attempt - 1, at)));
  }

  private static Hold hold(Run run, Phase phase, String missing, int attempt, Instant at) {
    Copied copied = run.evidence().copied();
    return copied.changed() && missing.equals(asFrozen(copied))
        ? new Hold(
            HoldCause.CONFIGURATION_CHANGED,
            "blue's configuration changed since it was frozen, in " + tables(copied),
            missing,
            "Nothing was commanded. Find out who writes past blue's frozen Admin API, then abort: a"
                + " new upgrade copies afresh.",
            phase.name(),
            attempt,
            at)
        : new Hold(
            HoldCause.UNSAFE,
            phase.name() + " is not safe by what has been seen",
            missing,
            "Nothing was commanded. Look at the cluster and the journal before going on.",
            phase.name(),
            attempt,
            at);
  }

  /// What is missing, in words; empty when the phase is safe.
  static Optional<String> forbid(Run run, Phase phase) {
    Stream<Optional<String>> missing =
        Stream.concat(
            run.current().procedure() instanceof Procedure.Downtime
                ? Stream.empty()
                : missing(run, phase),
            switch (run.current().procedure()) {
              case Procedure.Shared _ -> Stream.empty();
              case Procedure.Copy(Way way) -> missingOfCopy(run, phase, way);
              case Procedure.Downtime _ -> ProcedureInvariants.withDowntime(run, phase);
              case Procedure.Community _ -> ProcedureInvariants.fromCommunity(run, phase);
              case Procedure.Hybrid _ -> ProcedureInvariants.hybrid(run, phase);
              case Procedure.DbLess _ -> ProcedureInvariants.withoutDatastore(run, phase);
              case Procedure.Fresh _ -> ProcedureInvariants.fresh(run, phase);
            });
    List<String> words = missing.flatMap(Optional::stream).toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
  }

  private static Stream<Optional<String>> missing(Run run, Phase phase) {
    return switch (phase.action()) {
      case MIGRATE_FINISH -> missingToFinish(run);
      case STOP_NODES -> phase.side() == Side.BLUE ? missingToStopBlue(run) : Stream.empty();
      case OPEN_ADMIN -> phase.side() == Side.GREEN ? missingToOpenGreen(run) : Stream.empty();
      case PREFLIGHT,
          PREFLIGHT_ROUTER,
          BACKUP,
          FENCE_ADMIN,
          FREEZE_ADMIN,
          MIGRATE_UP,
          BOOTSTRAP,
          PARSE_CONFIG,
          COPY,
          EXPORT,
          TRANSFER,
          IMPORT,
          COMPARE,
          START_NODES,
          SHIFT,
          SOAK,
          DRAIN,
          DELTA,
          VERIFY,
          RESTORE_TRAFFIC,
          VERIFY_ROLLBACK,
          RUNBOOK ->
          Stream.empty();
    };
  }

  private static Stream<Optional<String>> missingToFinish(Run run) {
    return Stream.of(
        need(run.evidence().trafficOnGreen(), "all traffic observed on green"),
        need(run.evidence().blueStopped(), "blue observed stopped"),
        gates(run));
  }

  private static Stream<Optional<String>> missingToStopBlue(Run run) {
    return Stream.of(
        need(run.evidence().trafficOnGreen(), "all traffic observed on green"),
        need(run.evidence().soaked(), "a soak at 100 % passed"));
  }

  private static Stream<Optional<String>> missingToOpenGreen(Run run) {
    return Stream.of(
        need(blueGone(run), "blue observed stopped"),
        need(finished(run), "migrations observed finished"));
  }

  /// Of the datastore that green uses; a look at blue's says nothing about a keyspace of its own.
  static boolean finished(Run run) {
    return switch (run.current().procedure()) {
      case Procedure.Shared _,
          Procedure.Downtime _,
          Procedure.Community _,
          Procedure.Hybrid _,
          Procedure.DbLess _ ->
          run.evidence().schema().equals("executed");
      case Procedure.Copy _, Procedure.Fresh _ -> run.evidence().copied().bootstrapped();
    };
  }

  /// An install has no blue.
  private static boolean blueGone(Run run) {
    return run.evidence().blueStopped() || run.current().procedure() instanceof Procedure.Fresh;
  }

  private static Stream<Optional<String>> missingOfCopy(Run run, Phase phase, Way way) {
    Copied copied = run.evidence().copied();
    return switch (phase.action()) {
      case COPY -> Stream.of(frozen(run), bootstrapped(copied));
      case EXPORT ->
          Stream.of(
              frozen(run),
              need(
                  way != Way.KONG_YML
                      || run.evidence().gatesPassed().contains(KeyspaceCopy.ACCEPT_LOSS),
                  "gates passed [" + KeyspaceCopy.ACCEPT_LOSS + "]"));
      case IMPORT ->
          Stream.of(
              bootstrapped(copied),
              need(
                  !copied.exported().isEmpty() && copied.transferred().equals(copied.exported()),
                  "what was exported observed on green's side"));
      case START_NODES ->
          phase.side() == Side.GREEN
              ? Stream.of(
                  bootstrapped(copied),
                  need(copied.equal(), "both keyspaces observed equal over the whole ring"),
                  need(copied.unchanged(), asFrozen(copied)))
              : Stream.empty();
      case STOP_NODES ->
          phase.side() == Side.BLUE
              ? Stream.of(
                  need(copied.cut(), "blue's last writes observed on green after the drain"),
                  need(copied.unchanged(), asFrozen(copied)),
                  gates(run))
              : Stream.empty();
      case PREFLIGHT,
          PREFLIGHT_ROUTER,
          BACKUP,
          FENCE_ADMIN,
          FREEZE_ADMIN,
          MIGRATE_UP,
          BOOTSTRAP,
          PARSE_CONFIG,
          TRANSFER,
          COMPARE,
          SHIFT,
          SOAK,
          DRAIN,
          DELTA,
          MIGRATE_FINISH,
          OPEN_ADMIN,
          VERIFY,
          RESTORE_TRAFFIC,
          VERIFY_ROLLBACK,
          RUNBOOK ->
          Stream.empty();
    };
  }

  static Optional<String> frozen(Run run) {
    return need(run.evidence().adminOpen().equals("none"), "blue's Admin API observed frozen");
  }

  private static Optional<String> bootstrapped(Copied copied) {
    return need(copied.bootstrapped(), "green's keyspace observed bootstrapped");
  }

  private static String asFrozen(Copied copied) {
    return copied.changed()
        ? "blue's configuration as it was frozen (changed in " + tables(copied) + ")"
        : "blue's configuration observed as it was frozen";
  }

  private static String tables(Copied copied) {
    List<String> changed = copied.latest().tablesChangedSince(copied.frozen());
    return changed.isEmpty() ? "tables that were not named" : String.join(" and ", changed);
  }

  static Optional<String> gates(Run run) {
    List<String> before =
        run.current().steps().subList(0, run.position()).stream()
            .filter(Gate.class::isInstance)
            .map(Step::name)
            .toList();
    return need(run.evidence().gatesPassed().containsAll(before), "gates passed " + before);
  }

  static Optional<String> need(boolean met, String words) {
    return met ? Optional.empty() : Optional.of(words);
  }
}
