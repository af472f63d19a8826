package io.changeover.planner.journal;

import io.changeover.messages.PlanHop;
import io.changeover.messages.PlanStep;
import io.changeover.messages.StepView;
import io.changeover.messages.UpgradePlan;
import io.changeover.planner.core.Action;
import io.changeover.planner.core.Analysis;
import io.changeover.planner.core.Gate;
import io.changeover.planner.core.Hop;
import io.changeover.planner.core.Metric;
import io.changeover.planner.core.Patience;
import io.changeover.planner.core.Phase;
import io.changeover.planner.core.Plan;
import io.changeover.planner.core.Procedure;
import io.changeover.planner.core.Role;
import io.changeover.planner.core.Shift;
import io.changeover.planner.core.Side;
import io.changeover.planner.core.Step;
import io.changeover.planner.core.Way;
import io.changeover.planner.core.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plans as records, and back.
final class PlanCodec {
  private static final String PHASE = "phase";
  private static final String GATE = "gate";

  private PlanCodec() {}

  static UpgradePlan record(Plan plan) {
    Patience patience = plan.patience();
    return UpgradePlan.newBuilder()
        .setHops(plan.hops().stream().map(PlanCodec::record).toList())
        .setPlugins(plan.plugins())
        .setAcknowledgements(plan.acknowledgements())
        .setMaxAttempts(patience.maxAttempts())
        .setBackoffMillis(patience.backoff().toMillis())
        .setHeartbeatMillis(patience.heartbeat().toMillis())
        .setHeartbeatTimeoutMillis(patience.heartbeatTimeout().toMillis())
        .build();
  }

  static Plan plan(UpgradePlan plan) {
    return new Plan(
        plan.getHops().stream().map(PlanCodec::hop).toList(),
        plan.getPlugins(),
        plan.getAcknowledgements(),
        new Patience(
            plan.getMaxAttempts(),
            Duration.ofMillis(plan.getBackoffMillis()),
            Duration.ofMillis(plan.getHeartbeatMillis()),
            Duration.ofMillis(plan.getHeartbeatTimeoutMillis())));
  }

  private static PlanHop record(Hop hop) {
    return PlanHop.newBuilder()
        .setProcedure(hop.procedure().word())
        .setWay(way(hop.procedure()))
        .setFromVersion(hop.fromVersion())
        .setToVersion(hop.toVersion())
        .setSteps(hop.steps().stream().map(PlanCodec::record).toList())
        .setRollback(hop.rollback().stream().map(PlanCodec::record).toList())
        .build();
  }

  private static Hop hop(PlanHop hop) {
    return new Hop(
        Procedure.of(hop.getProcedure(), hop.getWay())
            .orElseThrow(() -> new UnreadableRecord("known procedure", hop.getProcedure())),
        hop.getFromVersion(),
        hop.getToVersion(),
        hop.getSteps().stream().map(PlanCodec::step).toList(),
        hop.getRollback().stream().map(PlanCodec::phase).toList());
  }

  private static @Nullable String way(Procedure procedure) {
    Way rows = procedure.rows();
    return rows == null ? null : rows.word();
  }

  private static PlanStep record(Step step) {
    return switch (step) {
      case Gate gate ->
          PlanStep.newBuilder()
              .setKind(GATE)
              .setName(gate.name())
              .setDeadlineMillis(millis(gate.deadline()))
              .build();
      case Phase phase -> phaseRecord(phase);
    };
  }

  private static PlanStep phaseRecord(Phase phase) {
    Side side = phase.side();
    Shift shift = phase.shift();
    return PlanStep.newBuilder()
        .setKind(PHASE)
        .setName(phase.name())
        .setAction(phase.action().word())
        .setWorker(phase.worker().word())
        .setSide(side == null ? null : side.word())
        .setRole(word(phase.role()))
        .setRunbook(phase.runbook())
        .setStep(shift == null ? null : step(shift))
        .setDeadlineMillis(phase.deadline().toMillis())
        .build();
  }

  private static Step step(PlanStep step) {
    return switch (step.getKind()) {
      case GATE -> new Gate(step.getName(), duration(step.getDeadlineMillis()));
      case PHASE -> phase(step);
      default -> throw new UnreadableRecord("step of kind phase or gate", step.getKind());
    };
  }

  private static Phase phase(PlanStep step) {
    StepView view = step.getStep();
    String action = Objects.requireNonNull(step.getAction());
    return new Phase(
        step.getName(),
        Action.of(action).orElseThrow(() -> new UnreadableRecord("known action", action)),
        worker(Objects.requireNonNull(step.getWorker())),
        side(step.getSide()),
        role(step.getRole()),
        view == null ? null : shift(view),
        step.getRunbook(),
        Duration.ofMillis(Objects.requireNonNull(step.getDeadlineMillis())));
  }

  private static Worker worker(String word) {
    return Stream.of(Worker.values())
        .filter(worker -> worker.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new UnreadableRecord("known worker", word));
  }

  private static @Nullable Side side(@Nullable String word) {
    return word == null
        ? null
        : Stream.of(Side.values())
            .filter(side -> side.word().equals(word))
            .findFirst()
            .orElseThrow(() -> new UnreadableRecord("blue or green", word));
  }

  static @Nullable String word(@Nullable Role role) {
    return role == null ? null : role.word();
  }

  private static @Nullable Role role(@Nullable String word) {
    return word == null
        ? null
        : Stream.of(Role.values())
            .filter(role -> role.word().equals(word))
            .findFirst()
            .orElseThrow(() -> new UnreadableRecord("control-plane or data-plane", word));
  }

  private static StepView step(Shift shift) {
    Analysis analysis = shift.analysis();
    return StepView.newBuilder()
        .setSetWeight(shift.weight())
        .setPauseMillis(shift.pause().toMillis())
        .setAnalysis(analysis == null ? null : record(analysis))
        .build();
  }

  static Shift shift(StepView view) {
    return new Shift(
        view.getSetWeight(),
        Duration.ofMillis(view.getPauseMillis()),
        analysis(view.getAnalysis()));
  }

  static io.changeover.messages.Analysis record(Analysis analysis) {
    return io.changeover.messages.Analysis.newBuilder()
        .setIntervalMillis(analysis.interval().toMillis())
        .setCount(analysis.count())
        .setMinimumRequests(analysis.minimumRequests())
        .setMetrics(analysis.metrics().stream().map(PlanCodec::record).toList())
        .build();
  }

  static @Nullable Analysis analysis(io.changeover.messages.@Nullable Analysis analysis) {
    return analysis == null
        ? null
        : new Analysis(
            Duration.ofMillis(analysis.getIntervalMillis()),
            analysis.getCount(),
            analysis.getMinimumRequests(),
            analysis.getMetrics().stream().map(PlanCodec::metric).toList());
  }

  private static io.changeover.messages.Metric record(Metric metric) {
    return io.changeover.messages.Metric.newBuilder()
        .setName(metric.name())
        .setSuccessCondition(metric.successCondition())
        .setFailureCondition(metric.failureCondition())
        .setFailureLimit(metric.failureLimit())
        .setConsecutiveErrorLimit(metric.consecutiveErrorLimit())
        .setInconclusiveLimit(metric.inconclusiveLimit())
        .build();
  }

  private static Metric metric(io.changeover.messages.Metric metric) {
    return new Metric(
        metric.getName(),
        metric.getSuccessCondition(),
        metric.getFailureCondition(),
        metric.getFailureLimit(),
        metric.getConsecutiveErrorLimit(),
        metric.getInconclusiveLimit());
  }

  static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  static @Nullable Duration duration(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }

  static List<io.changeover.messages.Fact> facts(java.util.SortedMap<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> new io.changeover.messages.Fact(fact.getKey(), fact.getValue()))
        .toList();
  }
}
