package io.changeover.traffic.act;

import io.changeover.inventory.Condition;
import io.changeover.inventory.ConditionSyntaxException;
import io.changeover.messages.Analysis;
import io.changeover.messages.Metric;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.TrafficStep;
import io.changeover.traffic.decide.MetricName;
import io.changeover.traffic.decide.MetricRule;
import io.changeover.traffic.decide.StepGoal;
import io.changeover.worker.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the traffic part of a command.
final class StepGoals {

  private StepGoals() {}

  static TrafficStep step(PhaseCommand command) throws PhaseStopped {
    TrafficStep step = command.getStep();
    if (step == null
        || step.getSetWeight() < 0
        || step.getSetWeight() > 100
        || step.getFromWeight() < 0
        || step.getFromWeight() > 100) {
      throw malformed("its step is " + step, "a step with setWeight and fromWeight from 0 to 100");
    }
    return step;
  }

  static StepGoal goal(TrafficStep step) throws PhaseStopped {
    Analysis analysis = step.getAnalysis();
    Duration pause = Duration.ofMillis(step.getPauseMillis());
    if (analysis == null) {
      return new StepGoal(step.getSetWeight(), pause, Duration.ofSeconds(5), 1, 0, List.of());
    }
    List<MetricRule> rules = new ArrayList<>();
    for (Metric metric : analysis.getMetrics()) {
      rules.add(rule(metric));
    }
    return new StepGoal(
        step.getSetWeight(),
        pause,
        Duration.ofMillis(Math.max(1, analysis.getIntervalMillis())),
        analysis.getCount(),
        analysis.getMinimumRequests(),
        List.copyOf(rules));
  }

  private static MetricRule rule(Metric metric) throws PhaseStopped {
    Optional<MetricName> name = MetricName.of(metric.getName());
    if (name.isEmpty()) {
      throw malformed("metric " + metric.getName() + " is not known", "success-rate or latency-*");
    }
    return new MetricRule(
        name.get(),
        condition(metric.getSuccessCondition()),
        condition(metric.getFailureCondition()),
        metric.getFailureLimit(),
        metric.getConsecutiveErrorLimit(),
        metric.getInconclusiveLimit());
  }

  private static Optional<Condition> condition(String text) throws PhaseStopped {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Condition.parse(text));
    } catch (ConditionSyntaxException e) {
      throw malformed("condition `" + text + "`: " + e.found(), e.expected());
    }
  }

  private static PhaseStopped malformed(String what, String expected) {
    return new PhaseStopped(
        Outcome.fatal(
            "The command can't be understood: " + what,
            expected,
            "Correct upgrade.steps in the inventory and start anew."));
  }
}
