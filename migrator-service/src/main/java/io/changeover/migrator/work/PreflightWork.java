package io.changeover.migrator.work;

import io.changeover.inventory.Backup;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.messages.FailureKind;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.preflight.AdditiveChecks;
import io.changeover.migrator.preflight.BackupChecks;
import io.changeover.migrator.preflight.KeyspaceSettings;
import io.changeover.migrator.preflight.SchemaChecks;
import io.changeover.migrator.preflight.SettingsChecks;
import io.changeover.migrator.preflight.VersionChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.SchemaFacts;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;

/// Looks at everything that could speak against the upgrade, changes nothing, and reports all of
/// it.
@Singleton
final class PreflightWork implements PhaseWork {

  private final Tools tools;

  PreflightWork(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.PREFLIGHT);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(context, this::look);
  }

  /// A missing secret hides what needs it, and nothing else: every question is asked.
  private Outcome look(Subject subject) throws InterruptedException {
    Findings findings = new Findings();
    SettingsChecks.secrets(subject.cluster().secrets(), findings);
    if (subject.fresh()) {
      return verdict(subject, findings, install(subject, findings));
    }
    VersionChecks.path(subject.blue().version(), subject.green().version(), findings);
    Map<String, String> facts = new TreeMap<>();
    try (Together together = new Together()) {
      Future<SchemaObservation> blue = together.ask(() -> tools.blue(subject));
      Future<SchemaObservation> green = together.ask(() -> tools.green(subject));
      command(subject, subject.blue(), findings);
      command(subject, subject.green(), findings);
      facts.putAll(schema(subject, Together.answer(blue), Together.answer(green), findings));
      facts.putAll(
          PreflightNodes.look(
              tools, subject, greenMayNotRun(subject, Together.answer(green)), findings));
    }
    SettingsOnTheWay.look(tools, subject, findings);
    PreflightTopology.look(tools, subject, findings);
    savedRows(subject, findings);
    backup(subject, findings);
    facts.putAll(database(subject, findings));
    facts.putAll(EntityFacts.read(tools, subject, Facts.ENTITIES_BEFORE, findings));
    return verdict(subject, findings, facts);
  }

  /// `finish` deletes rows, which are saved first; it has none to delete in a keyspace that was
  /// filled by a copy.
  static void savedRows(Subject subject, Findings findings) {
    if (!subject.copied() && !(subject.greenStore() instanceof NoStore)) {
      BackupChecks.savedRows(subject.cluster().upgrade().backup().folder(), findings);
    }
  }

  /// A keyspace that both versions share is saved as a dump before the first migration.
  private static void backup(Subject subject, Findings findings) {
    boolean saved = subject.cluster().upgrade().backup().mode() != Backup.Mode.OFF;
    if (saved
        && !subject.copied()
        && subject.cluster().datastore() instanceof CassandraDatastore cassandra) {
      BackupChecks.dumpKey(cassandra.copy().key(), findings);
    }
  }

  private Map<String, String> install(Subject subject, Findings findings)
      throws InterruptedException {
    try {
      return InstallPreflight.look(tools, subject, findings);
    } catch (UnresolvedSecretException e) {
      hidden("the new cluster", e, findings);
      return Map.of();
    }
  }

  private void command(Subject subject, Side side, Findings findings) {
    command(tools, subject, side, findings);
  }

  /// The binary is of its version, and its settings lead where the inventory says.
  static void command(Tools tools, Subject subject, Side side, Findings findings) {
    try {
      CommandResult version = KongCli.version(side.target(), tools.settings().reading());
      VersionChecks.command(side.name(), side.build(), version, findings);
      settings(subject, side, findings);
    } catch (UnresolvedSecretException e) {
      hidden(side.name() + "'s settings", e, findings);
    }
  }

  private Map<String, String> database(Subject subject, Findings findings)
      throws InterruptedException {
    try {
      return PreflightDatabase.look(tools, subject, findings);
    } catch (UnresolvedSecretException e) {
      hidden("the datastore", e, findings);
      return Map.of();
    }
  }

  static void hidden(String what, UnresolvedSecretException missing, Findings findings) {
    findings.blocker(
        "check.failed",
        what + " could not be looked at without its secret",
        String.valueOf(missing.getMessage()),
        "set the secret where the migrator runs, then retry the phase");
  }

  /// Before `up` a running green is something else; before a copy it would read half of it.
  private static boolean greenMayNotRun(Subject subject, SchemaObservation green) {
    return subject.copied()
        || switch (green.state()) {
          case SchemaState.New _, SchemaState.PendingAndNew _, SchemaState.NeedsBootstrap _ -> true;
          case SchemaState.Pending _,
              SchemaState.Executed _,
              SchemaState.Disagreement _,
              SchemaState.Unknown _ ->
              false;
        };
  }

  static void settings(Subject subject, Side side, Findings findings) {
    switch (subject.store(side)) {
      case NoStore _ -> SettingsChecks.none(side.name(), side.target(), findings);
      case PostgresStore(PostgresDatastore datastore) ->
          SettingsChecks.database(side.name(), side.target(), datastore, findings);
      case KeyspaceStore keyspace -> {
        KeyspaceSettings.side(side.name(), side.target(), keyspace.store(), findings);
        if (subject.copied() && !side.blue()) {
          KeyspaceSettings.apart(side.target(), keyspace.blue(), keyspace.store(), findings);
          KeyspaceSettings.consistency(subject.blue().target(), side.target(), findings);
        }
      }
    }
  }

  /// The state that counts is that of the schema that the upgrade begins on: with a keyspace of
  /// green's own, blue's.
  private static Map<String, String> schema(
      Subject subject, SchemaObservation blue, SchemaObservation green, Findings findings) {
    if (subject.greenStore() instanceof NoStore) {
      return SchemaFacts.of(subject.greenStore(), green);
    }
    SchemaChecks.blue(blue, findings);
    Map<String, String> facts;
    if (subject.copied()) {
      SchemaChecks.ownKeyspace(green, findings);
      facts = SchemaFacts.now(blue);
      facts.put("schema.state.green", green.state().word());
    } else {
      SchemaChecks.green(green, findings);
      if (subject.greenStore() instanceof KeyspaceStore && !subject.addsPlugins()) {
        AdditiveChecks.shared(green, findings);
      }
      facts = SchemaFacts.now(green);
    }
    facts.put("schema.state.blue", blue.state().word());
    return facts;
  }

  static Outcome verdict(Subject subject, Findings findings, Map<String, String> facts) {
    List<String> blockers = findings.blockers();
    return blockers.isEmpty()
        ? Outcome.done(facts, findings.all())
        : new Outcome.Failed(
            FailureKind.FATAL,
            "preflight of cluster "
                + subject.cluster().name()
                + " found "
                + blockers.size()
                + " blockers: "
                + String.join(", ", blockers),
            "no blocker among the findings",
            "each finding names its remedy; then retry the phase",
            facts,
            findings.all());
  }
}
