package io.changeover.migrator.work;

import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.KongArguments.Verb;
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
import java.util.Map;
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
    Map<String, String> saved;
    try {
      saved = save(subject);
    } catch (SQLException e) {
      return Outcomes.of(SqlFailures.doubt("saving the targets that finish deletes", e));
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
        new Migration(tools, running, subject, Verb.FINISH).run(), tools, subject)) {
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
    try (Connection connection = Database.open(subject.datastore(), tools.settings().digest())) {
      long rows = TargetHistory.save(connection, file);
      return rows == 0
          ? Map.of("targets.older", "0")
          : Map.of("targets.older", Long.toString(rows), "targets.saved", file.toString());
    }
  }
}
