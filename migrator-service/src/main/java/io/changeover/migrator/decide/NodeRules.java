package io.changeover.migrator.decide;

import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.migrator.observe.Migrations;
import io.changeover.migrator.observe.NodeState;
import io.changeover.migrator.observe.NodeState.Healthy;
import io.changeover.migrator.observe.NodeState.OtherVersion;
import io.changeover.migrator.observe.NodeState.Stopped;
import io.changeover.migrator.observe.NodeState.Unhealthy;
import io.changeover.migrator.observe.NodeState.Unknown;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import java.util.List;

/// When to start and stop a node.
public final class NodeRules {

  private NodeRules() {}

  /// Wish: it runs and is healthy.
  public static Step start(NodeState state) {
    return switch (state) {
      case Healthy _ -> new Step.AlreadyDone();
      case Stopped _ -> new Step.Act();
      case Unhealthy(String reason) -> new Step.Wait(reason);
      case OtherVersion other -> stranger(other);
      case Unknown(String reason) -> new Step.Unknown(Doubt.passing(reason));
    };
  }

  /// Wish: it does not run. A node that answers as another version is not the one that was meant.
  public static Step stop(NodeState state) {
    return switch (state) {
      case Stopped _ -> new Step.AlreadyDone();
      case Healthy _, Unhealthy _ -> new Step.Act();
      case OtherVersion other -> stranger(other);
      case Unknown(String reason) -> new Step.Unknown(Doubt.passing(reason));
    };
  }

  private static Step stranger(OtherVersion other) {
    return new Step.Refuse(
        "the node's addresses answer as " + other.found().told(),
        "its own version, or nothing",
        "check the node's addresses and prefix in the inventory, and who started what answers there");
  }

  /// Whether blue may be started, seen from the new version's schema. Kong itself would start it on
  /// a finished schema without a word.
  ///
  /// @param green the schema as the new version sees it
  /// @param blueKnows every migration the old version's list names, done or not
  public static Step blueMayStart(SchemaObservation green, Migrations blueKnows) {
    return switch (green.state()) {
      case SchemaState.Pending _, SchemaState.New _, SchemaState.PendingAndNew _ -> new Step.Act();
      case SchemaState.Executed(Migrations executed) ->
          finished(executed.minus(blueKnows), green.meta());
      case SchemaState.NeedsBootstrap _ ->
          new Step.Refuse(
              "the database has no Kong schema",
              "the schema that blue served from",
              "check the datastore");
      case SchemaState.Disagreement(String list, String meta) ->
          new Step.Refuse(
              "`migrations list` says " + list + "; schema_meta says " + meta,
              "both to say the same",
              "compare them");
      case SchemaState.Unknown(Doubt doubt) -> new Step.Unknown(doubt);
    };
  }

  /// Migrations that blue does not know are harmless while no subsystem of theirs was ever
  /// finished: a null in `pending` says that none of it ever was.
  private static Step finished(Migrations beyond, MetaReading meta) {
    List<String> closed =
        beyond.bySubsystem().keySet().stream()
            .filter(subsystem -> everPending(subsystem, meta))
            .toList();
    return closed.isEmpty()
        ? new Step.Act()
        : new Step.Refuse(
            "the schema is finished beyond what blue knows: [" + beyond + "]",
            "a schema on which `migrations finish` was not run",
            "past the point of no return blue must stay down; to go back, restore the backup");
  }

  private static boolean everPending(String subsystem, MetaReading meta) {
    return switch (meta) {
      case MetaReading.Rows(var rows, _) -> {
        MetaReading.Row row = rows.get(subsystem);
        yield row != null && row.pending().isPresent();
      }
      case MetaReading.NoTable _, MetaReading.Unreadable _ -> true;
    };
  }
}
