package io.changeover.migrator.work;

import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.observe.SchemaObservation;
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

/// The last look at a rollback: blue healthy, green silent, and what stays behind in the datastore.
@Singleton
final class VerifyRollbackWork implements PhaseWork {

  private final Tools tools;

  VerifyRollbackWork(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.VERIFY_ROLLBACK);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(context, this::verify);
  }

  private Outcome verify(Subject subject) throws InterruptedException {
    LastLook seen = LastLook.at(tools, subject);
    Map<String, String> facts = SchemaFacts.of(subject.greenStore(), seen.schema());
    facts.putAll(Nodes.facts(seen.green()));
    facts.put("nodes.green", facts.getOrDefault(Facts.NODES_RUNNING, ""));
    facts.putAll(Nodes.facts(seen.blue()));
    Findings findings = new Findings();
    seen.blue().stream()
        .filter(end -> !Nodes.healthy(end))
        .forEach(end -> Proofs.unhealthy(Side.BLUE, end, findings));
    Proofs.silent(Side.GREEN, seen.green(), findings);
    findings.fact("schema.left", left(subject, seen.schema()), seen.schema().evidence());
    return findings.blockers().isEmpty()
        ? DigestFact.with(Outcome.done(facts, findings.all()), tools, subject)
        : Proofs.failed("the rollback is not as it should be", findings, facts);
  }

  private static String left(Subject subject, SchemaObservation schema) {
    if (subject.greenStore() instanceof NoStore) {
      return "the cluster has no datastore: nothing stays behind in one";
    }
    if (subject.copied()) {
      return "green's "
          + subject.greenStore().reported()
          + " is left, "
          + schema.state().word()
          + "; blue never sees it. Drop it, or let the next upgrade go on from there";
    }
    String pending = schema.state().pendingNow().toString();
    return pending.isEmpty()
        ? "the datastore is " + schema.state().word() + " for the new version; nothing is pending"
        : "pending stays ["
            + pending
            + "]: harmless to blue; the next upgrade goes on from there without `up`";
  }
}
