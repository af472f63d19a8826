package io.changeover.migrator.work;

import io.changeover.messages.FailureKind;
import io.changeover.migrator.act.CommandResult;
import io.changeover.migrator.act.KongCli;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.preflight.SchemaChecks;
import io.changeover.migrator.preflight.SettingsChecks;
import io.changeover.migrator.preflight.VersionChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.SchemaFacts;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
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
    VersionChecks.path(subject.blue().release(), subject.green().release(), findings);
    Map<String, String> facts = new TreeMap<>();
    try (Together together = new Together()) {
      Future<SchemaObservation> blue = together.ask(() -> tools.blue(subject));
      Future<SchemaObservation> green = together.ask(() -> tools.green(subject));
      for (Side side : List.of(subject.blue(), subject.green())) {
        CommandResult version = KongCli.version(side.target(), tools.settings().reading());
        VersionChecks.command(side.name(), side.release(), version, findings);
        SettingsChecks.database(side.name(), side.target(), subject.datastore(), findings);
      }
      SchemaChecks.blue(Together.answer(blue), findings);
      SchemaChecks.green(Together.answer(green), findings);
      facts.putAll(SchemaFacts.now(Together.answer(green)));
      facts.put("schema.state.blue", Together.answer(blue).state().word());
      facts.putAll(PreflightNodes.look(tools, subject, Together.answer(green).state(), findings));
    }
    facts.putAll(PreflightDatabase.look(tools, subject, findings));
    return verdict(subject, findings, facts);
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
