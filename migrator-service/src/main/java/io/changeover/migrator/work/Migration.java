package io.changeover.migrator.work;

import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.CliFailures;
import io.changeover.migrator.act.LockAttempt;
import io.changeover.migrator.act.MigrationLock;
import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.Outcomes;
import io.changeover.migrator.report.SchemaFacts;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongArguments.Timeouts;
import io.changeover.worker.kong.KongArguments.Verb;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// One run of `up`, `finish` or `bootstrap`: look, act under our own lock, look again until the
/// state is as wished.
final class Migration {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// `finish` may have to run again while something is pending; more often than this and it makes
  /// no headway.
  private static final int MOST_RUNS = 5;

  /// What follows from a step: another look's result, or the end.
  private sealed interface Next {
    record Seen(SchemaObservation observation) implements Next {}

    record End(Outcome outcome) implements Next {}
  }

  private final Tools tools;
  private final RunningMigrations running;
  private final Subject subject;
  private final MigrationPlan plan;
  private final Findings findings = new Findings();
  private final Instant from;
  private int runs;

  Migration(Tools tools, RunningMigrations running, Subject subject, MigrationPlan plan) {
    this.tools = tools;
    this.running = running;
    this.subject = subject;
    this.plan = plan;
    this.from = subject.context().clock().instant();
  }

  Outcome run() throws InterruptedException {
    return switch (subject.greenStore().lock(tools.settings().reading())) {
      case LockAttempt.Taken(MigrationLock lock) -> {
        try (lock) {
          yield under(lock);
        }
      }
      case LockAttempt.Busy(String where) -> taken(where);
      case LockAttempt.Failed(Doubt doubt) -> Outcomes.of(doubt);
    };
  }

  private Outcome under(MigrationLock lock) throws InterruptedException {
    SchemaObservation before = tools.green(subject);
    SchemaObservation seen = before;
    subject.context().progress(Map.of(Facts.SCHEMA_BEFORE, before.state().word()));
    while (true) {
      Next next =
          switch (plan.step(seen)) {
            case Step.AlreadyDone _ -> new Next.End(proven(lock, before, seen));
            case Step.Act _ -> act(lock, seen);
            case Step.Wait(String reason) -> await(seen, reason);
            case Step.Refuse refusal ->
                new Next.End(Outcomes.of(refusal).withFacts(SchemaFacts.now(seen)));
            case Step.Unknown(var doubt) -> new Next.End(Outcomes.of(doubt));
          };
      switch (next) {
        case Next.End(Outcome outcome) -> {
          return outcome;
        }
        case Next.Seen(SchemaObservation newer) -> seen = newer;
      }
    }
  }

  private Next act(MigrationLock lock, SchemaObservation seen) throws InterruptedException {
    if (runs++ >= MOST_RUNS) {
      return new Next.End(noHeadway(plan.verb(seen), seen));
    }
    if (!lock.held()) {
      return new Next.End(lost());
    }
    subject.context().ensureCurrent();
    Verb verb = plan.verb(seen);
    CommandResult result = migrate(verb);
    SchemaObservation after = tools.green(subject);
    if (result.says(CliFailures.ABORTED)) {
      runs--;
      return await(after, result.evidence());
    }
    boolean headway = !after.state().equals(seen.state());
    return headway || result.exitedCleanly()
        ? new Next.Seen(after)
        : new Next.End(
            Outcomes.of(CliFailures.doubt(verb.word() + " did not change the schema", result))
                .withFacts(SchemaFacts.now(after)));
  }

  private CommandResult migrate(Verb verb) {
    MigratorSettings settings = tools.settings();
    Timeouts timeouts = new Timeouts(settings.kongDatabase(), settings.kongLock());
    Instant now = subject.context().clock().instant();
    Patience patience =
        Patience.changing(
            Duration.between(now, subject.context().deadline()), subject.context()::cancelled);
    try (RunningMigrations.Run run = running.begin(subject)) {
      return KongCli.migrate(
          subject.migrating(subject.green()), verb, timeouts, patience, run::started);
    }
  }

  /// Waits a little for whoever holds Kong's lock, unless that is proven to be dead.
  private Next await(SchemaObservation seen, String reason) throws InterruptedException {
    if (seen.lock().isPresent() && running.release(subject, seen.lock().orElseThrow())) {
      findings.warning(
          "schema.lock-left-behind",
          "Kong's migration lock of a `kong migrations` that this worker had started and that was killed was removed",
          "locks row of owner " + seen.lock().orElseThrow().owner() + "; its process is gone",
          "");
      return new Next.Seen(tools.green(subject));
    }
    subject.context().progress(Map.of("waiting.for", reason));
    boolean late = subject.context().clock().instant().isAfter(subject.context().deadline());
    boolean on = !late && subject.context().pause(BETWEEN_LOOKS);
    return on
        ? new Next.Seen(tools.green(subject))
        : new Next.End(
            Outcome.retryable(
                reason,
                "Kong's lock to be free within the phase's deadline",
                "see who runs `kong migrations` on this database; a killed one leaves its lock until it expires"));
  }

  private Outcome proven(MigrationLock lock, SchemaObservation before, SchemaObservation after) {
    if (!lock.held()) {
      findings.warning(
          "lock.lost",
          "our own lock was lost while the migration ran",
          "it is not ours in the datastore any more",
          "PostgreSQL: keep poolers and idle limits away from the migrator's session. Cassandra:"
              + " see why its lease could not be renewed");
    }
    return done(before, after);
  }

  private Outcome done(SchemaObservation before, SchemaObservation after) {
    Map<String, String> facts = SchemaFacts.change(before, after);
    facts.put(Facts.DURATION_MS, millis());
    facts.putAll(plan.facts());
    facts.putAll(PluginFacts.of(subject.green().plugins(), after.meta()));
    return Outcome.done(facts, findings.all());
  }

  private String millis() {
    return Long.toString(Duration.between(from, subject.context().clock().instant()).toMillis());
  }

  private static Outcome noHeadway(Verb verb, SchemaObservation seen) {
    return Outcome.fatal(
            "`kong migrations "
                + verb.word()
                + "` ran "
                + MOST_RUNS
                + " times and left the schema "
                + seen.state().word(),
            "the schema to change",
            "run it by hand with --vv on a copy of the database and see what it says")
        .withFacts(SchemaFacts.now(seen));
  }

  private Outcome taken(String where) {
    SchemaObservation seen = tools.green(subject);
    return plan.step(seen) instanceof Step.AlreadyDone ? done(seen, seen) : busy(where);
  }

  private static Outcome busy(String where) {
    return Outcome.retryable(
        "another worker holds the migration lock of this datastore",
        "one worker at a time",
        "nothing; see " + where + " when it lasts");
  }

  private static Outcome lost() {
    return Outcome.retryable(
        "our own lock was lost before the migration began",
        "the lock to be ours from the look to the proof",
        "PostgreSQL: give the migrator a direct connection, since a pooler that shares sessions"
            + " can't hold a lock. Cassandra: see why its lease could not be renewed");
  }
}
