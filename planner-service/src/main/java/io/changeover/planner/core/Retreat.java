package io.changeover.planner.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The way back: which phases undo what was done, and how far that got.
///
/// @param phases names of rollback phases, in order
/// @param position index of the one at the cursor
/// @param cause why the upgrade goes back, in words
public record Retreat(List<String> phases, int position, String cause) {
  static final String START_BLUE = "rollback-start-blue";
  static final String TRAFFIC = "rollback-traffic";
  static final String STOP_GREEN = "rollback-stop-green";
  static final String OPEN_ADMIN = "rollback-open-admin";
  static final String VERIFY = "rollback-verify";

  private static final Set<Action> MOVES_TRAFFIC =
      Set.of(Action.SHIFT, Action.SOAK, Action.DRAIN, Action.STOP_NODES);

  private static final Set<Action> CLOSES_ADMIN = Set.of(Action.FENCE_ADMIN, Action.FREEZE_ADMIN);

  /// What stays of a copy that was begun; its name is the inventory's to know.
  static final String KEYSPACE = "green's keyspace, with what was copied into it";

  /// What stays of an install that was taken back.
  static final String SCHEMA = "the schema that was bootstrapped";

  public Retreat {
    phases = List.copyOf(phases);
  }

  /// What undoes the commands that were ever sent, done or not. Only a reversible state has a way
  /// back: past the point of no return there is nothing to call this with.
  static List<String> from(UpgradeState.Reversible state) {
    return undoing(state.run().current(), state.run().phasesCommanded());
  }

  private static List<String> undoing(Hop hop, List<Phase> commanded) {
    return hop.rollback().stream()
        .filter(back -> commanded.stream().anyMatch(undoneBy(back)) || always(back))
        .map(Phase::name)
        .toList();
  }

  /// What would take a hop back once its steps up to this one were done; empty past the point of no
  /// return, from which nothing goes back.
  ///
  /// @param step index in the hop
  public static Optional<List<String>> after(Hop hop, int step) {
    List<Phase> commanded =
        hop.steps().subList(0, step + 1).stream()
            .filter(Phase.class::isInstance)
            .map(Phase.class::cast)
            .toList();
    return commanded.stream().anyMatch(hop.procedure()::committedBy)
        ? Optional.empty()
        : Optional.of(undoing(hop, commanded));
  }

  private static boolean always(Phase back) {
    return back.action() == Action.VERIFY_ROLLBACK;
  }

  private static Predicate<Phase> undoneBy(Phase back) {
    return switch (back.action()) {
      case START_NODES -> done -> done.action() == Action.STOP_NODES && done.role() == back.role();
      case STOP_NODES -> done -> done.action() == Action.START_NODES && done.role() == back.role();
      case RESTORE_TRAFFIC -> done -> MOVES_TRAFFIC.contains(done.action());
      case OPEN_ADMIN -> done -> CLOSES_ADMIN.contains(done.action());
      default -> done -> false;
    };
  }

  /// What stays in the datastore although everything is undone, empty for nothing.
  ///
  /// @param facts of the last look
  static String leftBy(Run run, Map<String, String> facts) {
    return switch (run.current().procedure()) {
      case Procedure.Shared _, Procedure.Downtime _, Procedure.Community _, Procedure.Hybrid _ ->
          facts.getOrDefault("schema.pending", "");
      case Procedure.Copy _ -> bootstrapped(run) ? KEYSPACE : "";
      case Procedure.Fresh _ -> bootstrapped(run) ? SCHEMA : "";
      case Procedure.DbLess _ -> "";
    };
  }

  private static boolean bootstrapped(Run run) {
    return run.phasesCommanded().stream().anyMatch(phase -> phase.action() == Action.BOOTSTRAP);
  }

  boolean atEnd() {
    return position >= phases.size();
  }

  /// The phase at the cursor, as the hop describes it.
  Phase phase(Run run) {
    String name = phases.get(position);
    return run.current().rollback().stream()
        .filter(phase -> phase.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new BrokenInvariant("Expected rollback phase " + name + " in " + run.where()));
  }

  Retreat next() {
    return new Retreat(phases, position + 1, cause);
  }
}
