package io.changeover.migrator.decide;

import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.observe.SchemaState.Disagreement;
import io.changeover.migrator.observe.SchemaState.Executed;
import io.changeover.migrator.observe.SchemaState.NeedsBootstrap;
import io.changeover.migrator.observe.SchemaState.New;
import io.changeover.migrator.observe.SchemaState.Pending;
import io.changeover.migrator.observe.SchemaState.PendingAndNew;
import io.changeover.migrator.observe.SchemaState.Unknown;

/// When to bootstrap a datastore of the new version's own, and how to complete a bootstrap that
/// broke off: Kong's own `bootstrap` then says "already bootstrapped" and does nothing, `up` and
/// `finish` go on.
public final class BootstrapRules {

  private BootstrapRules() {}

  /// What to run next.
  public enum Move {
    BOOTSTRAP,
    UP,
    FINISH
  }

  /// Wish: a schema with everything executed, beside nothing of anybody else.
  public static Step step(SchemaObservation seen, KeyspaceContent content) {
    Step wanted = byState(seen.state());
    Step unlocked = MigrationRules.unlessLocked(seen, wanted);
    return switch (content) {
      case KeyspaceContent.Fresh _ -> unlocked;
      case KeyspaceContent.Unreadable(var doubt) ->
          unlocked instanceof Step.Unknown ? unlocked : new Step.Unknown(doubt);
      case KeyspaceContent.Foreign(long rows, var tables) ->
          unlocked instanceof Step.Unknown
              ? unlocked
              : new Step.Refuse(
                  "the datastore to bootstrap holds rows that are neither its bootstrap's nor blue's: "
                      + rows
                      + " seen in "
                      + String.join(", ", tables),
                  "a keyspace or schema that is absent, or holds nothing but Kong's tables or an earlier copy",
                  "is it the right one? If nobody needs it, drop it (DROP KEYSPACE, DROP SCHEMA), then"
                      + " retry the phase");
    };
  }

  private static Step byState(SchemaState state) {
    return switch (state) {
      case NeedsBootstrap _, New _, Pending _, PendingAndNew _ -> new Step.Act();
      case Executed _ -> new Step.AlreadyDone();
      case Disagreement odds -> MigrationRules.contradiction(odds);
      case Unknown(var doubt) -> new Step.Unknown(doubt);
    };
  }

  /// Pending migrations come first: with them, Kong runs no new ones.
  public static Move move(SchemaState state) {
    return switch (state) {
      case Pending _, PendingAndNew _ -> Move.FINISH;
      case New _ -> Move.UP;
      case NeedsBootstrap _, Executed _, Disagreement _, Unknown _ -> Move.BOOTSTRAP;
    };
  }
}
