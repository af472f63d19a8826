package io.changeover.migrator.work;

import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.KongStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.preflight.Settings;
import io.changeover.migrator.report.Outcomes;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/// `kong migrations bootstrap` of the new version in a keyspace of green's own.
@Singleton
final class BootstrapWork implements PhaseWork {

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
    KongStore store = subject.greenStore();
    return switch (store) {
      case KeyspaceStore keyspace when subject.copied() -> bootstrap(subject, keyspace);
      case KeyspaceStore _, PostgresStore _ ->
          Outcome.fatal(
              "cluster "
                  + subject.cluster().name()
                  + " has one datastore for both versions, and blue serves from it",
              "a keyspace of green's own: `datastore.cassandra.green`",
              "choose the procedure that fits the datastore");
    };
  }

  private Outcome bootstrap(Subject subject, KeyspaceStore store) throws InterruptedException {
    try {
      Optional<Outcome.Failed> elsewhere = elsewhere(subject, store);
      return elsewhere.isPresent()
          ? elsewhere.orElseThrow()
          : new Migration(
                  tools, running, subject, new BootstrapPlan(store, tools.settings().reading()))
              .run();
    } catch (UnresolvedSecretException e) {
      return Outcomes.of(Doubt.lasting(String.valueOf(e.getMessage())));
    }
  }

  /// A bootstrap makes whatever keyspace its settings name: they must name green's before it runs.
  private static Optional<Outcome.Failed> elsewhere(Subject subject, KeyspaceStore store) {
    String wanted = store.store().keyspace();
    return Settings.of(subject.green().target())
        .value("cassandra_keyspace", "kong")
        .filter(named -> !named.equals(wanted))
        .map(
            named ->
                Outcome.fatal(
                    "green's command would bootstrap the keyspace " + named,
                    "cassandra_keyspace to be " + wanted + ", as the inventory's datastore says",
                    "correct KONG_CASSANDRA_KEYSPACE of the new version, then retry the phase"));
  }
}
