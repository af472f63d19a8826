package io.changeover.migrator.work;

import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.SchemaFacts;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/// The last look: schema finished, green healthy, blue silent.
@Singleton
final class VerifyWork implements PhaseWork {

  private final Tools tools;
  private final BlueWatch watch;

  VerifyWork(Tools tools, BlueWatch watch) {
    this.tools = tools;
    this.watch = watch;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.VERIFY);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(context, this::verify);
  }

  private Outcome verify(Subject subject) throws InterruptedException {
    LastLook seen = LastLook.at(tools, subject);
    Map<String, String> facts = SchemaFacts.of(subject.greenStore(), seen.schema());
    facts.putAll(PluginFacts.of(subject.green().plugins(), seen.schema().meta()));
    facts.putAll(Nodes.facts(seen.blue()));
    facts.put("nodes.blue", facts.getOrDefault(Facts.NODES_RUNNING, ""));
    facts.putAll(Nodes.facts(seen.green()));
    Findings findings = new Findings();
    if (!(subject.greenStore() instanceof NoStore)) {
      judge(seen.schema(), findings);
    }
    judge(seen, findings);
    facts.putAll(EntityFacts.read(tools, subject, Facts.ENTITIES_AFTER, findings));
    watch.begin(subject, subject.blue().nodes());
    return findings.blockers().isEmpty()
        ? DigestFact.with(Outcome.done(facts, findings.all()), tools, subject)
        : Proofs.failed("the upgrade is not as it should be", findings, facts);
  }

  private static void judge(SchemaObservation schema, Findings findings) {
    if (!(schema.state() instanceof SchemaState.Executed)) {
      findings.blocker(
          "schema.not-executed",
          "the schema is " + schema.state().word(),
          schema.evidence(),
          "see why `migrations finish` did not end; retry the phase");
    }
  }

  private static void judge(LastLook seen, Findings findings) {
    seen.green().stream()
        .filter(end -> !Nodes.healthy(end))
        .forEach(end -> Proofs.unhealthy(Side.GREEN, end, findings));
    Proofs.silent(Side.BLUE, seen.blue(), findings);
  }
}
