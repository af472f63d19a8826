package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.schemas.Actions;
import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Reading;
import io.changeover.worker.Found;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the router says against the upgrade, before anything is touched. Changes nothing.
@Singleton
public class PreflightPhase implements PhaseWork {

  private final Tools tools;

  public PreflightPhase(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.PREFLIGHT_ROUTER);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Tools.run(context, this::outcome);
  }

  private Outcome outcome(PhaseContext context) throws PhaseStopped, InterruptedException {
    return check(context, Scene.of(context));
  }

  private Outcome check(PhaseContext context, Scene scene)
      throws PhaseStopped, InterruptedException {
    Desk desk = tools.desk(context, scene.settings().backend());
    Observation observation = desk.read();
    List<Finding> findings = new ArrayList<>(RouterChecks.proxy(observation, scene.sides()));
    findings.addAll(admin(context, scene));
    findings.addAll(freeze(context, scene));
    findings.add(new LogChecks(tools).check(context, scene, desk, observation));
    tools.metrics().observed(context.cluster().name(), observation, scene.sides());
    return outcome(findings, facts(observation, scene));
  }

  private static Map<String, String> facts(Observation observation, Scene scene) {
    Map<String, String> facts = new HashMap<>(StepFacts.weights(observation, scene.sides()));
    facts.put("router.product", observation.product());
    return facts;
  }

  private List<Finding> admin(PhaseContext context, Scene scene) throws PhaseStopped {
    Optional<String> backend = scene.settings().adminBackend();
    if (backend.isEmpty()) {
      return List.of(
          Found.warning(
              "admin.unfenced",
              "The inventory names no adminBackend: nothing but policy will keep writes away from"
                  + " one side's Admin API",
              "router.haproxy.adminBackend is not set",
              "Put the Admin APIs behind a backend of the router and name it."));
    }
    return switch (tools.desk(context, backend.get()).look()) {
      case Reading.Seen(Observation observation) -> RouterChecks.admin(observation, scene.admin());
      case Reading.NoBackend(String words) ->
          List.of(
              Found.blocker(
                  "admin.no-backend",
                  "The router has no backend " + backend.get(),
                  words,
                  "Correct router.haproxy.adminBackend, or the router's configuration."));
      case Reading.Unknown(String reason) ->
          throw new PhaseStopped(
              Outcome.retryable(
                  "The router could not be asked for its admin backend: " + reason,
                  "an answer of its Runtime API in time",
                  "See that the router runs and answers."));
    };
  }

  /// Elsewhere both sides share what is written.
  private List<Finding> freeze(PhaseContext context, Scene scene) throws PhaseStopped {
    if (!scene.frozen()) {
      return List.of();
    }
    Optional<FreezeReading> reading =
        scene
            .settings()
            .adminBackend()
            .map(backend -> tools.desk(context, backend).router().readFreeze(backend));
    if (reading.isPresent() && reading.get() instanceof FreezeReading.Unknown(String reason)) {
      throw new PhaseStopped(Desk.unknown(reason));
    }
    return FreezeChecks.of(scene.settings(), reading);
  }

  private static Outcome outcome(List<Finding> findings, Map<String, String> facts) {
    List<String> blockers =
        findings.stream()
            .filter(finding -> finding.getSeverity() == Severity.BLOCKER)
            .map(Finding::getMessage)
            .toList();
    return blockers.isEmpty()
        ? Outcome.done(facts, findings)
        : Outcome.fatal(
                "The router speaks against the upgrade: " + String.join("; ", blockers),
                "no blockers",
                "See the findings' remedies, then retry the phase.")
            .withFacts(facts)
            .withFindings(findings);
  }
}
