package io.changeover.migrator.decide;

import io.changeover.migrator.observe.Migrations;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.observe.SchemaState.Disagreement;
import io.changeover.migrator.observe.SchemaState.Executed;
import io.changeover.migrator.observe.SchemaState.NeedsBootstrap;
import io.changeover.migrator.observe.SchemaState.New;
import io.changeover.migrator.observe.SchemaState.Pending;
import io.changeover.migrator.observe.SchemaState.PendingAndNew;
import io.changeover.migrator.observe.SchemaState.Unknown;

/// When to run `up` and `finish`. The state decides, never an exit code: Kong's `up` fails when its
/// work is already done, and both exit 0 when they did nothing because somebody else held the lock.
public final class MigrationRules {

  private MigrationRules() {}

  /// Wish: nothing new is left for this version; pending is fine.
  public static Step up(SchemaObservation seen) {
    return unlessLocked(
        seen,
        switch (seen.state()) {
          case New _ -> new Step.Act();
          case Pending _, Executed _ -> new Step.AlreadyDone();
          case NeedsBootstrap _ -> noSchema();
          case PendingAndNew both -> halfWay(both, "migrations up");
          case Disagreement odds -> contradiction(odds);
          case Unknown(var doubt) -> new Step.Unknown(doubt);
        });
  }

  /// Wish: nothing is pending.
  public static Step finish(SchemaObservation seen) {
    return unlessLocked(
        seen,
        switch (seen.state()) {
          case Pending _ -> new Step.Act();
          case Executed _ -> new Step.AlreadyDone();
          case New(_, Migrations available) ->
              new Step.Refuse(
                  "migrations were never run: [" + available + "]",
                  "a schema on which `migrations up` of this version was run",
                  "find out who changed the new version's plugins or its datastore since migrate-up");
          case NeedsBootstrap _ -> noSchema();
          case PendingAndNew both -> halfWay(both, "migrations finish");
          case Disagreement odds -> contradiction(odds);
          case Unknown(var doubt) -> new Step.Unknown(doubt);
        });
  }

  /// While Kong's lock is held the state is about to change; what cannot be read stays unknown.
  static Step unlessLocked(SchemaObservation seen, Step otherwise) {
    if (seen.lock().isEmpty() || seen.state() instanceof SchemaState.Unknown) {
      return otherwise;
    }
    var lock = seen.lock().orElseThrow();
    return new Step.Wait(
        "Kong's migration lock is held by " + lock.owner() + " until " + lock.until());
  }

  private static Step noSchema() {
    return new Step.Refuse(
        "the database has no Kong schema",
        "the schema that the old version serves from",
        "check that the new version's configuration names the old one's database and schema");
  }

  private static Step halfWay(PendingAndNew both, String command) {
    return new Step.Refuse(
        "pending ["
            + both.pending()
            + "] and new ["
            + both.available()
            + "] at the same time: `"
            + command
            + "` would not end in a state that both versions can use",
        "either pending or new migrations",
        "an earlier `up` broke off, or an earlier upgrade was never finished: compare with the old version's"
            + " `migrations list`; if the pending ones are the old version's own, finish them with the old version");
  }

  static Step contradiction(Disagreement odds) {
    return new Step.Refuse(
        "`migrations list` says " + odds.list() + "; schema_meta says " + odds.meta(),
        "both to say the same",
        "check that the command's configuration and the inventory's datastore name the same database and schema");
  }
}
