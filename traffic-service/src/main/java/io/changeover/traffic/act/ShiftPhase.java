package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.Look;
import io.changeover.traffic.decide.MetricName;
import io.changeover.traffic.decide.ShiftChoice;
import io.changeover.traffic.decide.StepGoal;
import io.changeover.traffic.decide.StepWatch;
import io.changeover.traffic.decide.WeightPlan;
import io.changeover.traffic.log.Tap;
import io.changeover.traffic.router.Observation;
import io.changeover.worker.Found;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One step of moving traffic to green, and the soak after the last: set weights, observe, analyse;
/// on a breach give all traffic back to blue at once.
@Singleton
public class ShiftPhase implements PhaseWork {

  private static final Logger LOG = LoggerFactory.getLogger(ShiftPhase.class);
  private static final Duration TICK = Duration.ofMillis(200);

  /// A node that has just become healthy needs some checks of the router until it is up there.
  private static final Duration UNTIL_UP = Duration.ofSeconds(10);

  private static final Duration LONGEST_RETURN = Duration.ofMinutes(1);

  private final Tools tools;

  public ShiftPhase(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.SHIFT, Actions.SOAK);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Tools.run(context, this::outcome);
  }

  private Outcome outcome(PhaseContext context) throws PhaseStopped, InterruptedException {
    Scene scene = Scene.of(context);
    AdminGuard.of(context, scene, tools).ensureStill();
    TrafficStep step = StepGoals.step(context.command());
    StepGoal goal = StepGoals.goal(step);
    Desk desk = tools.desk(context, scene.settings().backend());
    try (Tap tap = tools.logs().tap(context.cluster(), scene)) {
      return step(context, scene, step, goal, desk, tap);
    }
  }

  private Outcome step(
      PhaseContext context, Scene scene, TrafficStep step, StepGoal goal, Desk desk, Tap tap)
      throws PhaseStopped, InterruptedException {
    Observation found = desk.read();
    ShiftChoice choice = choose(context, scene, step, found);
    Instant patience = context.clock().instant().plus(UNTIL_UP);
    while (choice instanceof ShiftChoice.NotReady(var _, boolean onlyDown)
        && onlyDown
        && context.clock().instant().isBefore(patience)) {
      if (!context.pause(TICK)) {
        context.ensureCurrent();
      }
      found = desk.read();
      choice = choose(context, scene, step, found);
    }
    return follow(context, scene, step, goal, desk, tap, found, choice);
  }

  private static ShiftChoice choose(
      PhaseContext context, Scene scene, TrafficStep step, Observation found) {
    return ShiftChoice.of(
        found,
        scene.sides(),
        step.getFromWeight(),
        step.getSetWeight(),
        context.command().getAttempt());
  }

  private Outcome follow(
      PhaseContext context,
      Scene scene,
      TrafficStep step,
      StepGoal goal,
      Desk desk,
      Tap tap,
      Observation found,
      ShiftChoice choice)
      throws PhaseStopped, InterruptedException {
    return switch (choice) {
      case ShiftChoice.Already(WeightPlan plan) ->
          watch(context, scene, goal, desk, tap, plan, found);
      case ShiftChoice.Move(WeightPlan plan, var _) -> {
        if (soaking(context)) {
          yield ShiftRefusals.changed(found, scene, step);
        }
        DataPlanesServe.ensure(context);
        yield watch(context, scene, goal, desk, tap, plan, desk.bring(plan, scene.sides(), found));
      }
      case ShiftChoice.ChangedBehindOurBack(var _) -> ShiftRefusals.changed(found, scene, step);
      case ShiftChoice.Returned() ->
          breached(context, scene, desk, ShiftRefusals.RETURNED, Map.of());
      case ShiftChoice.NotReady(var servers, var _) -> ShiftRefusals.notReady(servers);
      case ShiftChoice.Unnamed(var servers) -> ShiftRefusals.unnamed(servers, desk.backend());
      case ShiftChoice.Foreign(var servers) -> ShiftRefusals.foreign(servers, desk.backend());
    };
  }

  private static boolean soaking(PhaseContext context) {
    return context.command().getAction().equals(Actions.SOAK);
  }

  private Outcome watch(
      PhaseContext context,
      Scene scene,
      StepGoal goal,
      Desk desk,
      Tap tap,
      WeightPlan plan,
      Observation proof)
      throws PhaseStopped, InterruptedException {
    String upgrade = context.command().getUpgrade();
    StepWatch watch =
        new StepWatch(goal, scene.sides(), plan, proof, tools.baselines().of(upgrade));
    tap.drain();
    AdminGuard guard = AdminGuard.of(context, scene, tools);
    Instant said = Instant.EPOCH;
    Look look = new Look.Watching(List.of("the first look"));
    while (look instanceof Look.Watching(var waitingFor)) {
      Instant now = context.clock().instant();
      if (now.isAfter(Deadlines.lastLook(context))) {
        return ShiftRefusals.unfinished(waitingFor, facts(watch, scene));
      }
      if (now.isAfter(said.plus(Deadlines.progress(context)))) {
        context.progress(facts(watch, scene));
        said = now;
      }
      guard.look();
      if (!context.pause(TICK)) {
        context.ensureCurrent();
      }
      look = watch.see(desk.look(), context.clock().instant(), tap::drain);
      tools.metrics().observed(context.cluster().name(), watch.last(), scene.sides());
    }
    tools.baselines().remember(upgrade, watch.baselines());
    return ended(context, scene, desk, watch, look);
  }

  private Outcome ended(PhaseContext context, Scene scene, Desk desk, StepWatch watch, Look look)
      throws InterruptedException {
    Map<String, String> facts = facts(watch, scene);
    return switch (look) {
      case Look.Watching(var waitingFor) -> ShiftRefusals.unfinished(waitingFor, facts);
      case Look.Done() -> Outcome.done(facts, averagesOnly(watch));
      case Look.Breached(String why) -> breached(context, scene, desk, why, facts);
      case Look.Inconclusive(String why) -> ShiftRefusals.inconclusive(why, facts);
      case Look.Unmeasurable(String why) -> ShiftRefusals.unmeasurable(why, facts);
      case Look.ChangedBehindOurBack(String found) -> ShiftRefusals.changedMeanwhile(found, facts);
    };
  }

  private static Map<String, String> facts(StepWatch watch, Scene scene) {
    return StepFacts.of(watch, scene.sides());
  }

  private static List<Finding> averagesOnly(StepWatch watch) {
    boolean latency =
        watch.run().tallies().stream()
            .anyMatch(tally -> tally.rule().name() != MetricName.SUCCESS_RATE);
    boolean average = watch.gauge().filter(gauge -> !gauge.fromLog()).isPresent();
    return latency && average
        ? List.of(
            Found.warning(
                "log.absent",
                "Latency was judged on the router's averages of its last 1,024 requests;"
                    + " percentiles need the log stream",
                Facts.LATENCY_SOURCE + "=average",
                "Set router.haproxy.syslog and the router's log line (docs/haproxy.md)."))
        : List.of();
  }

  private Outcome breached(
      PhaseContext context, Scene scene, Desk desk, String why, Map<String, String> measured)
      throws InterruptedException {
    Map<String, String> facts = new HashMap<>(measured);
    Instant breach = context.clock().instant();
    facts.put(Facts.BREACH_AT, breach.toString());
    LOG.atWarn()
        .addKeyValue("upgrade", context.command().getUpgrade())
        .addKeyValue("cluster", context.command().getCluster())
        .addKeyValue("attempt", context.command().getAttempt())
        .log("Breach: {}; all traffic goes back to blue", why);
    Optional<String> obstacle = giveBack(context, scene, desk, breach, facts);
    return ShiftRefusals.breached(why, obstacle, facts);
  }

  private Optional<String> giveBack(
      PhaseContext context, Scene scene, Desk desk, Instant breach, Map<String, String> facts)
      throws InterruptedException {
    try {
      Instant until = Deadlines.earlier(breach.plus(LONGEST_RETURN), Deadlines.lastLook(context));
      BlueReturn.Returned returned = new BlueReturn(desk, scene.sides(), until).run();
      facts.put(Facts.ZERO_AT, returned.zeroAt().toString());
      facts.putAll(StepFacts.weights(returned.proof(), scene.sides()));
      tools.metrics().observed(context.cluster().name(), returned.proof(), scene.sides());
      return Optional.empty();
    } catch (PhaseStopped stopped) {
      return Optional.of(stopped.outcome().reason());
    }
  }
}
