package io.changeover.migrator.preflight;

import io.changeover.migrator.observe.Migrations;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState.Disagreement;
import io.changeover.migrator.observe.SchemaState.Executed;
import io.changeover.migrator.observe.SchemaState.NeedsBootstrap;
import io.changeover.migrator.observe.SchemaState.New;
import io.changeover.migrator.observe.SchemaState.Pending;
import io.changeover.migrator.observe.SchemaState.PendingAndNew;
import io.changeover.migrator.observe.SchemaState.Unknown;
import io.changeover.migrator.report.Findings;

/// Is the schema one that this upgrade can begin on? Seen by both versions.
public final class SchemaChecks {

  private SchemaChecks() {}

  /// The serving version must have nothing left to do.
  public static void blue(SchemaObservation seen, Findings findings) {
    switch (seen.state()) {
      case Executed _ ->
          findings.fact(
              "schema.blue",
              "nothing is pending or missing for the serving version",
              seen.evidence());
      case Pending(_, Migrations pending) ->
          findings.blocker(
              "schema.pending-on-blue",
              "the serving version has pending migrations [" + pending + "]",
              seen.evidence(),
              "an earlier upgrade was never finished: run `kong migrations finish` of the serving version first");
      case New(_, Migrations missing) ->
          findings.blocker(
              "schema.missing-on-blue",
              "migrations of the serving version were never run [" + missing + "]",
              seen.evidence(),
              "run `kong migrations up` and `finish` of the serving version first");
      case PendingAndNew both ->
          findings.blocker(
              "schema.pending-on-blue",
              "the serving version has pending ["
                  + both.pending()
                  + "] and missing ["
                  + both.available()
                  + "] migrations",
              seen.evidence(),
              "bring the serving version's own migrations to an end first");
      case NeedsBootstrap _, Disagreement _, Unknown _ -> common("blue", seen, findings);
    }
  }

  /// The new version may have work to do, or have done it in an upgrade that was rolled back.
  public static void green(SchemaObservation seen, Findings findings) {
    switch (seen.state()) {
      case New(_, Migrations available) ->
          findings.fact("schema.green", "`up` will run [" + available + "]", seen.evidence());
      case Pending(_, Migrations pending) ->
          findings.warning(
              "schema.pending-on-green",
              "`up` was run before: pending [" + pending + "]",
              seen.evidence(),
              "nothing: an upgrade that was rolled back leaves this, and this one goes on from there");
      case Executed _ ->
          findings.fact(
              "schema.green",
              "the new version has no migrations of its own to run",
              seen.evidence());
      case PendingAndNew both ->
          findings.blocker(
              "schema.half-way",
              "the new version has pending ["
                  + both.pending()
                  + "] and new ["
                  + both.available()
                  + "] migrations",
              seen.evidence(),
              "Kong can't run `up` on this without force; see which version left the pending ones, and finish them with it");
      case NeedsBootstrap _, Disagreement _, Unknown _ -> common("green", seen, findings);
    }
    locked(seen, findings);
  }

  private static void locked(SchemaObservation seen, Findings findings) {
    seen.lock()
        .ifPresent(
            lock ->
                findings.blocker(
                    "schema.locked",
                    "a `kong migrations` runs, or was killed and left its lock",
                    "locks: owner " + lock.owner() + ", until " + lock.until(),
                    "wait for its end, or for the lock to expire"));
  }

  /// A keyspace of green's own is not there yet, or was bootstrapped before.
  public static void ownKeyspace(SchemaObservation seen, Findings findings) {
    switch (seen.state()) {
      case NeedsBootstrap _ ->
          findings.fact("schema.green", "green's keyspace will be bootstrapped", seen.evidence());
      case Executed _ ->
          findings.fact(
              "schema.green", "green's keyspace is bootstrapped already", seen.evidence());
      case New _, Pending _, PendingAndNew _ ->
          findings.warning(
              "schema.half-bootstrapped",
              "green's keyspace holds a schema that is " + seen.state().word(),
              seen.evidence(),
              "nothing if a bootstrap broke off: it will be completed; else drop the keyspace");
      case Disagreement _, Unknown _ -> common("green", seen, findings);
    }
    locked(seen, findings);
  }

  private static void common(String side, SchemaObservation seen, Findings findings) {
    switch (seen.state()) {
      case NeedsBootstrap _ ->
          findings.blocker(
              "schema.needs-bootstrap",
              side + "'s command finds no Kong schema",
              seen.evidence(),
              "make its configuration name the database and schema of the inventory's datastore");
      case Disagreement _ ->
          findings.blocker(
              "schema.disagreement",
              side + "'s `migrations list` and schema_meta contradict each other",
              seen.evidence(),
              "make the command and the inventory's datastore name the same database and schema");
      case Unknown _ ->
          findings.blocker(
              "schema.unreadable",
              "the schema could not be read through " + side + "'s command",
              seen.evidence(),
              "make the command and the database answer");
      case Executed _, Pending _, New _, PendingAndNew _ -> {}
    }
  }
}
