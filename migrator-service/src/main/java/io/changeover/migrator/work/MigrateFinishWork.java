package io.changeover.migrator.work;

import com.datastax.oss.driver.api.core.DriverException;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.CqlFailures;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.KeyspaceTargets;
import io.changeover.migrator.act.KongStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.act.TargetHistory;
import io.changeover.migrator.report.Outcomes;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `kong migrations finish` of the new version: from here nothing goes back. What it deletes is
/// saved first.
@Singleton
final class MigrateFinishWork implements PhaseWork {

  private final Tools tools;
  private final RunningMigrations running;

  MigrateFinishWork(Tools tools, RunningMigrations running) {
    this.tools = tools;
    this.running = running;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.MIGRATE_FINISH);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(context, this::run);
  }

  private Outcome run(Subject subject) throws InterruptedException {
    Optional<Outcome.Failed> none = subject.noMigrations("finish");
    if (none.isPresent()) {
      return none.orElseThrow();
    }
    Map<String, String> saved;
    try {
      saved = save(subject);
    } catch (SQLException e) {
      return Outcomes.of(SqlFailures.doubt("saving the targets that finish deletes", e));
    } catch (DriverException | UnresolvedSecretException e) {
      return Outcomes.of(CqlFailures.doubt("saving the targets that finish deletes", e));
    } catch (IOException e) {
      return Outcome.fatal(
          "the targets that finish deletes could not be saved: "
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage(),
          "the backup folder "
              + subject.cluster().upgrade().backup().folder()
              + " to be writable by the migrator too",
          "make it so, then retry the phase");
    }
    return switch (DigestFact.with(
        new Migration(tools, running, subject, MigrationPlan.finish()).run(), tools, subject)) {
      case Outcome.Failed failed -> failed;
      case Outcome.Done(var facts, var findings) -> {
        Map<String, String> more = new TreeMap<>(facts);
        more.putAll(saved);
        yield Outcome.done(more, findings);
      }
    };
  }

  private Map<String, String> save(Subject subject) throws SQLException, IOException {
    String name =
        subject.cluster().name() + "-" + subject.command().getUpgrade() + "-older-targets.jsonl";
    Path file =
        subject
            .cluster()
            .upgrade()
            .backup()
            .folder()
            .resolve(name.replaceAll("[^A-Za-z0-9._-]", "_"));
    long rows = save(subject.greenStore(), file);
    return rows == 0
        ? Map.of("targets.older", "0")
        : Map.of("targets.older", Long.toString(rows), "targets.saved", file.toString());
  }

  private long save(KongStore store, Path file) throws SQLException, IOException {
    Duration limit = tools.settings().digest();
    return switch (store) {
      case PostgresStore(PostgresDatastore datastore) -> {
        try (Connection connection = Database.open(datastore, limit)) {
          yield TargetHistory.save(connection, file);
        }
      }
      case NoStore _ -> 0;
      case KeyspaceStore keyspace -> KeyspaceTargets.save(keyspace.store(), limit, file);
    };
  }
}
