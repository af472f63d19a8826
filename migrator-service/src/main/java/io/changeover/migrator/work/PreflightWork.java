package io.changeover.migrator.work;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.messages.FailureKind;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.preflight.KeyspaceSettings;
import io.changeover.migrator.preflight.SchemaChecks;
import io.changeover.migrator.preflight.SettingsChecks;
import io.changeover.migrator.preflight.VersionChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.SchemaFacts;
import io.changeover.schemas.Actions;
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

  private Outcome look(Subject subject) throws InterruptedException {
    Findings findings = new Findings();
    SettingsChecks.secrets(subject.cluster().secrets(), findings);
    if (!findings.blockers().isEmpty()) {
      return verdict(subject, findings, Map.of());
    }
    if (subject.fresh()) {
      return verdict(subject, findings, InstallPreflight.look(tools, subject, findings));
    }
    VersionChecks.path(subject.blue().release(), subject.green().release(), findings);
    Map<String, String> facts = new TreeMap<>();
    try (Together together = new Together()) {
      Future<SchemaObservation> blue = together.ask(() -> tools.blue(subject));
      Future<SchemaObservation> green = together.ask(() -> tools.green(subject));
      for (Side side : List.of(subject.blue(), subject.green())) {
        CommandResult version = KongCli.version(side.target(), tools.settings().reading());
        VersionChecks.command(side.name(), side.release(), version, findings);
        settings(subject, side, findings);
      }
      SchemaChecks.blue(Together.answer(blue), findings);
      facts.putAll(schema(subject, Together.answer(blue), Together.answer(green), findings));
      facts.putAll(
          PreflightNodes.look(
              tools, subject, greenMayNotRun(subject, Together.answer(green)), findings));
    }
    facts.putAll(PreflightDatabase.look(tools, subject, findings));
    return verdict(subject, findings, facts);
  }

  /// Before `up` a running green is something else; before a copy it would read half of it.
  private static boolean greenMayNotRun(Subject subject, SchemaObservation green) {
    return subject.copied() || green.state() instanceof SchemaState.New;
  }

  static void settings(Subject subject, Side side, Findings findings) {
    switch (subject.store(side)) {
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
    Map<String, String> facts;
    if (subject.copied()) {
      SchemaChecks.ownKeyspace(green, findings);
      facts = SchemaFacts.now(blue);
      facts.put("schema.state.green", green.state().word());
    } else {
      SchemaChecks.green(green, findings);
      facts = SchemaFacts.now(green);
    }
    facts.put("schema.state.blue", blue.state().word());
    return facts;
  }

  private static Outcome verdict(Subject subject, Findings findings, Map<String, String> facts) {
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
