package io.changeover.migrator.work;

import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.AdvisoryLock;
import io.changeover.migrator.act.CliFailures;
import io.changeover.migrator.act.CommandResult;
import io.changeover.migrator.act.KongArguments.Timeouts;
import io.changeover.migrator.act.KongArguments.Verb;
import io.changeover.migrator.act.KongCli;
import io.changeover.migrator.act.Patience;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.decide.MigrationRules;
import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.Outcomes;
import io.changeover.migrator.report.SchemaFacts;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One run of `up`, `finish` or `bootstrap`: look, act under our own lock, look again until the
/// state is as wished.
final class Migration {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// `finish` may have to run again while something is pending; more often than this and it makes
  /// no headway.
  private static final int MOST_RUNS = 5;

  private final Tools tools;
  private final RunningMigrations running;
  private final Subject subject;
  private final Verb verb;
  private final Findings findings = new Findings();
  private final Instant from;
  private int runs;

  Migration(Tools tools, RunningMigrations running, Subject subject, Verb verb) {
    this.tools = tools;
    this.running = running;
    this.subject = subject;
    this.verb = verb;
    this.from = subject.context().clock().instant();
  }

  Outcome run() throws InterruptedException {
    SchemaObservation before = tools.green(subject);
    if (rule(before) instanceof Step.AlreadyDone) {
      return done(before, before);
    }
    try (AdvisoryLock lock =
        AdvisoryLock.tryTake(subject.datastore(), tools.settings().reading()).orElse(null)) {
      return lock == null ? taken() : under(lock, before);
    } catch (SQLException e) {
      return Outcomes.of(SqlFailures.doubt("taking the migration lock", e));
    }
  }

  private Step rule(SchemaObservation seen) {
    return switch (verb) {
      case UP -> MigrationRules.up(seen);
      case FINISH -> MigrationRules.finish(seen);
      case BOOTSTRAP -> MigrationRules.bootstrap(seen);
    };
  }

  private Outcome under(AdvisoryLock lock, SchemaObservation before) throws InterruptedException {
    subject.context().progress(Map.of(Facts.SCHEMA_BEFORE, before.state().word()));
    while (true) {
      SchemaObservation seen = tools.green(subject);
      Optional<Outcome> end =
          switch (rule(seen)) {
            case Step.AlreadyDone _ -> Optional.of(proven(lock, before, seen));
            case Step.Act _ -> act(lock, seen);
            case Step.Wait(String reason) -> await(seen, reason);
            case Step.Refuse refusal ->
                Optional.of(Outcomes.of(refusal).withFacts(SchemaFacts.now(seen)));
            case Step.Unknown(var doubt) -> Optional.of(Outcomes.of(doubt));
          };
      if (end.isPresent()) {
        return end.orElseThrow();
      }
    }
  }

  /// @return empty when another look is due
  private Optional<Outcome> act(AdvisoryLock lock, SchemaObservation seen)
      throws InterruptedException {
    if (runs++ >= MOST_RUNS) {
      return Optional.of(
          Outcome.fatal(
                  "`kong migrations "
                      + verb.word()
                      + "` ran "
                      + MOST_RUNS
                      + " times and left the schema "
                      + seen.state().word(),
                  "the schema to change",
                  "run it by hand with --vv on a copy of the database and see what it says")
              .withFacts(SchemaFacts.now(seen)));
    }
    if (!lock.held()) {
      return Optional.of(lost());
    }
    subject.context().ensureCurrent();
    CommandResult result = migrate();
    SchemaObservation after = tools.green(subject);
    boolean headway = !after.state().equals(seen.state());
    if (result.says(CliFailures.ABORTED)) {
      runs--;
      return await(after, result.evidence());
    }
    return headway || result.exitedCleanly()
        ? Optional.empty()
        : Optional.of(
            Outcomes.of(CliFailures.doubt(verb.word() + " did not change the schema", result))
                .withFacts(SchemaFacts.now(after)));
  }

  private CommandResult migrate() {
    MigratorSettings settings = tools.settings();
    Timeouts timeouts = new Timeouts(settings.kongDatabase(), settings.kongLock());
    Instant now = subject.context().clock().instant();
    Patience patience =
        Patience.changing(
            Duration.between(now, subject.context().deadline()), subject.context()::cancelled);
    try (RunningMigrations.Run run = running.begin(subject)) {
      return KongCli.migrate(subject.green().target(), verb, timeouts, patience, run::started);
    }
  }

  /// Waits a little for whoever holds Kong's lock, unless that is proven to be dead.
  private Optional<Outcome> await(SchemaObservation seen, String reason)
      throws InterruptedException {
    if (seen.lock().isPresent() && running.release(subject, seen.lock().orElseThrow())) {
      findings.warning(
          "schema.lock-left-behind",
          "Kong's migration lock of a `kong migrations` that this worker had started and that was killed was removed",
          "locks row of owner " + seen.lock().orElseThrow().owner() + "; its process is gone",
          "");
      return Optional.empty();
    }
    subject.context().progress(Map.of("waiting.for", reason));
    boolean late = subject.context().clock().instant().isAfter(subject.context().deadline());
    boolean on = !late && subject.context().pause(BETWEEN_LOOKS);
    return on
        ? Optional.empty()
        : Optional.of(
            Outcome.retryable(
                reason,
                "Kong's lock to be free within the phase's deadline",
                "see who runs `kong migrations` on this database; a killed one leaves its lock until it expires"));
  }

  private Outcome proven(AdvisoryLock lock, SchemaObservation before, SchemaObservation after) {
    if (!lock.held()) {
      findings.warning(
          "lock.lost",
          "our advisory lock was lost while the migration ran",
          "pg_locks does not show it for our session any more",
          "keep poolers and idle limits away from the migrator's session");
    }
    return done(before, after);
  }

  private Outcome done(SchemaObservation before, SchemaObservation after) {
    Map<String, String> facts = SchemaFacts.change(before, after);
    facts.put(Facts.DURATION_MS, millis());
    return Outcome.done(facts, findings.all());
  }

  private String millis() {
    return Long.toString(Duration.between(from, subject.context().clock().instant()).toMillis());
  }

  private static Outcome taken() {
    return Outcome.retryable(
        "another worker holds the migration lock of this database",
        "one worker at a time",
        "nothing; see `pg_locks` (advisory, classid " + AdvisoryLock.SPACE + ") when it lasts");
  }

  private static Outcome lost() {
    return Outcome.retryable(
        "our advisory lock was lost before the migration began",
        "one session from the look to the proof",
        "give the migrator a direct connection: a pooler that shares sessions can't hold a lock");
  }
}
