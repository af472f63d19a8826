package io.changeover.migrator.work;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.KeyspaceRows;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresRows;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.preflight.Settings;
import io.changeover.migrator.report.Outcomes;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `kong migrations bootstrap` of the new version in a datastore that nobody uses: a keyspace of
/// green's own, or the one of a fresh install.
@Singleton
final class BootstrapWork implements PhaseWork {

  private static final String KEYSPACE = "cassandra_keyspace";
  private static final String DATABASE = "pg_database";

  private final Tools tools;
  private final RunningMigrations running;

  BootstrapWork(Tools tools, RunningMigrations running) {
    this.tools = tools;
    this.running = running;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.BOOTSTRAP);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(context, this::run);
  }

  private Outcome run(Subject subject) throws InterruptedException {
    Optional<Outcome.Failed> none = subject.noMigrations("bootstrap");
    if (none.isPresent()) {
      return none.orElseThrow();
    }
    return switch (subject.greenStore()) {
      case KeyspaceStore keyspace when subject.fresh() ->
          bootstrap(
              subject,
              elsewhere(subject, KEYSPACE, keyspace.store().keyspace()),
              () -> KeyspaceRows.alone(keyspace.store(), limit()));
      case KeyspaceStore keyspace when subject.copied() ->
          bootstrap(
              subject,
              elsewhere(subject, KEYSPACE, keyspace.store().keyspace()),
              () -> KeyspaceRows.look(keyspace, limit()));
      case PostgresStore(PostgresDatastore datastore) when subject.fresh() ->
          bootstrap(
              subject,
              elsewhere(subject, DATABASE, datastore.database()),
              () -> PostgresRows.look(datastore, limit()));
      case KeyspaceStore _, PostgresStore _, NoStore _ ->
          Outcome.fatal(
              "cluster "
                  + subject.cluster().name()
                  + " has one datastore for both versions, and blue serves from it",
              "a keyspace of green's own: `datastore.cassandra.green`",
              "choose the procedure that fits the datastore");
    };
  }

  private Duration limit() {
    return tools.settings().reading();
  }

  private Outcome bootstrap(
      Subject subject, Optional<Outcome.Failed> elsewhere, Supplier<KeyspaceContent> rows)
      throws InterruptedException {
    try {
      return elsewhere.isPresent()
          ? elsewhere.orElseThrow()
          : new Migration(tools, running, subject, new BootstrapPlan(rows)).run();
    } catch (UnresolvedSecretException e) {
      return Outcomes.of(Doubt.lasting(String.valueOf(e.getMessage())));
    }
  }

  /// A bootstrap makes its tables wherever its settings lead: that must be the inventory's place.
  private static Optional<Outcome.Failed> elsewhere(
      Subject subject, String setting, String wanted) {
    return Settings.of(subject.green().target())
        .value(setting, "kong")
        .filter(named -> !named.equals(wanted))
        .map(
            named ->
                Outcome.fatal(
                    "green's command would bootstrap " + named,
                    setting + " to be " + wanted + ", as the inventory's datastore says",
                    "correct KONG_%s of the new version, then retry the phase"
                        .formatted(setting.toUpperCase(Locale.ROOT))));
  }
}
