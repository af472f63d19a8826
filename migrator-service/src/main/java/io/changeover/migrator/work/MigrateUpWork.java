package io.changeover.migrator.work;

import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/// `kong migrations up` of the new version.
@Singleton
final class MigrateUpWork implements PhaseWork {

  private final Tools tools;
  private final RunningMigrations running;

  MigrateUpWork(Tools tools, RunningMigrations running) {
    this.tools = tools;
    this.running = running;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.MIGRATE_UP);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(
        context,
        subject -> {
          Optional<Outcome.Failed> none = subject.noMigrations("up");
          return none.isPresent()
              ? none.orElseThrow()
              : DigestFact.with(
                  new Migration(tools, running, subject, MigrationPlan.up()).run(), tools, subject);
        });
  }
}
