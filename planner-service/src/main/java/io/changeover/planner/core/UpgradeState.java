package io.changeover.planner.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where an upgrade stands. One record per stage that matters; what a stage cannot do, its type
/// does not have: [Completing] and what follows it have no way back.
public sealed interface UpgradeState {
  /// Short name for people, messages and columns.
  String stage();

  /// Whether nothing can happen any more.
  default boolean ended() {
    return false;
  }

  /// Whether it takes one of the planner's `maxInFlight` places. What waits on a person does not,
  /// so that it delays nobody; taking it up again does not queue.
  default boolean counted() {
    return false;
  }

  /// When the planner must act by itself: the earliest of deadline, heartbeat, back-off, gate and
  /// admission.
  default Optional<Instant> due() {
    return Optional.empty();
  }

  /// Before the first event.
  record NotStarted() implements UpgradeState {
    @Override
    public String stage() {
      return "not-started";
    }
  }

  /// An upgrade that has a name.
  sealed interface Known extends UpgradeState {
    UpgradeId upgrade();

    ClusterName cluster();

    /// The phase or gate that it is at, for people; empty where there is none.
    default String at() {
      return "";
    }
  }

  /// An upgrade that had a plan.
  sealed interface Planned extends Known {
    Run run();

    @Override
    default UpgradeId upgrade() {
      return run().upgrade();
    }

    @Override
    default ClusterName cluster() {
      return run().cluster();
    }
  }

  /// Not ended, before the point of no return, and begun: it can go back.
  sealed interface Reversible extends Planned {}

  /// It has a step at its cursor that it works on, or will.
  sealed interface Working extends Planned {
    Turn turn();

    /// The step at the cursor.
    Step step();

    /// The same with another turn, perhaps knowing more.
    Working with(Run run, Turn turn);

    /// The phase at the cursor; there must be one.
    default Phase phase() {
      return switch (step()) {
        case Phase phase -> phase;
        case Gate gate ->
            throw new BrokenInvariant(
                "Expected a phase in " + run().where() + ", but " + gate.name() + " is a gate");
      };
    }

    @Override
    default Optional<Instant> due() {
      return turn().due();
    }
  }

  /// It stands still until a person acts.
  sealed interface Standing extends Planned {
    Hold hold();

    @Override
    default String at() {
      return hold().at();
    }
  }

  /// It waits at a gate.
  sealed interface Waiting extends Planned {
    OpenGate gate();

    @Override
    default String at() {
      return gate().name();
    }

    @Override
    default Optional<Instant> due() {
      return Optional.ofNullable(gate().deadline());
    }
  }

  /// It waits for room.
  record Queued(Run run) implements Planned {
    @Override
    public String stage() {
      return "queued";
    }

    @Override
    public Optional<Instant> due() {
      return Optional.of(run.startedAt());
    }
  }

  /// It works its way forward.
  record Advancing(Run run, Turn turn) implements Reversible, Working {
    @Override
    public String stage() {
      return "advancing";
    }

    @Override
    public boolean counted() {
      return true;
    }

    @Override
    public Step step() {
      return run.step();
    }

    @Override
    public String at() {
      return step().name();
    }

    @Override
    public Advancing with(Run newRun, Turn newTurn) {
      return new Advancing(newRun, newTurn);
    }
  }

  /// It waits at a gate before the point of no return.
  record AtGate(Run run, OpenGate gate) implements Reversible, Waiting {
    @Override
    public String stage() {
      return "at-gate";
    }
  }

  /// It commands nothing until it is resumed; what was out when it was paused may still end.
  record Paused(Run run, Turn turn) implements Reversible, Working {
    @Override
    public String stage() {
      return "paused";
    }

    @Override
    public Optional<Instant> due() {
      return switch (turn) {
        case Turn.Ready _, Turn.BackingOff _ -> Optional.empty();
        case Turn.Outstanding outstanding -> outstanding.due();
      };
    }

    @Override
    public Step step() {
      return run.step();
    }

    @Override
    public String at() {
      return step().name();
    }

    @Override
    public Paused with(Run newRun, Turn newTurn) {
      return new Paused(newRun, newTurn);
    }
  }

  /// It stands still before the point of no return: retry or abort.
  record Held(Run run, Hold hold) implements Reversible, Standing {
    @Override
    public String stage() {
      return "held";
    }
  }

  /// It goes back.
  record RollingBack(Run run, Retreat retreat, Turn turn) implements Working {
    @Override
    public String stage() {
      return "rolling-back";
    }

    @Override
    public boolean counted() {
      return true;
    }

    @Override
    public Step step() {
      return retreat.phase(run);
    }

    @Override
    public String at() {
      return retreat.atEnd() ? "" : step().name();
    }

    @Override
    public RollingBack with(Run newRun, Turn newTurn) {
      return new RollingBack(newRun, retreat, newTurn);
    }
  }

  /// Going back failed: retry.
  record RollbackHeld(Run run, Retreat retreat, Hold hold) implements Standing {
    @Override
    public String stage() {
      return "rollback-held";
    }
  }

  /// Past the point of no return: only forward.
  record Completing(Run run, Turn turn) implements Working {
    @Override
    public String stage() {
      return "completing";
    }

    @Override
    public boolean counted() {
      return true;
    }

    @Override
    public Step step() {
      return run.step();
    }

    @Override
    public String at() {
      return run.atEnd() ? "" : step().name();
    }

    @Override
    public Completing with(Run newRun, Turn newTurn) {
      return new Completing(newRun, newTurn);
    }
  }

  /// It waits at a gate past the point of no return.
  record CompletingAtGate(Run run, OpenGate gate) implements Waiting {
    @Override
    public String stage() {
      return "completing-at-gate";
    }
  }

  /// It stands still past the point of no return: retry.
  record HeldCommitted(Run run, Hold hold) implements Standing {
    @Override
    public String stage() {
      return "held-committed";
    }
  }

  /// Nothing can happen any more.
  sealed interface Ended extends Known {
    /// When it ended.
    Instant endedAt();

    @Override
    default boolean ended() {
      return true;
    }
  }

  /// Green serves.
  record Finished(Run run, Instant endedAt) implements Planned, Ended {
    @Override
    public String stage() {
      return "finished";
    }
  }

  /// Blue serves as before.
  ///
  /// @param cause why it went back
  /// @param leftPending what stays in the datastore, empty for nothing: migrations that are
  ///   pending, or green's keyspace
  record RolledBack(Run run, Instant endedAt, String cause, String leftPending)
      implements Planned, Ended {
    @Override
    public String stage() {
      return "rolled-back";
    }
  }

  /// Taken back before anything was done.
  record Cancelled(Run run, Instant endedAt, String by) implements Planned, Ended {
    @Override
    public String stage() {
      return "cancelled";
    }
  }

  /// Never begun, for these reasons.
  record Refused(UpgradeId upgrade, ClusterName cluster, Instant endedAt, List<Refusal> refusals)
      implements Ended {
    public Refused {
      refusals = List.copyOf(refusals);
    }

    @Override
    public String stage() {
      return "refused";
    }
  }
}
