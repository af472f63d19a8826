package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Procedures;
import io.changeover.traffic.decide.DrainChoice;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.router.AdminState;
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
import java.util.Set;

/// Takes new requests away from blue's servers at the router and waits until those they work on
/// have ended, or the inventory's `drain` time is over. Before any node is told to quit: a quit
/// costs each busy keep-alive connection a request.
@Singleton
public class DrainPhase implements PhaseWork {

  private static final Duration TICK = Duration.ofMillis(200);

  private final Tools tools;

  public DrainPhase(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.DRAIN);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Tools.run(context, this::outcome);
  }

  private Outcome outcome(PhaseContext context) throws PhaseStopped, InterruptedException {
    return drain(context, Scene.of(context), SideOf.command(context));
  }

  private Outcome drain(PhaseContext context, Scene scene, Side side)
      throws PhaseStopped, InterruptedException {
    AdminGuard guard = AdminGuard.of(context, scene, tools);
    guard.ensureStill();
    Desk desk = tools.desk(context, scene.settings().backend());
    Instant until =
        Deadlines.earlier(
            context.clock().instant().plus(context.cluster().upgrade().drain()),
            Deadlines.lastLook(context));
    Instant said = context.clock().instant();
    boolean downtime = Procedures.DOWNTIME.equals(context.command().getProcedure());
    while (true) {
      Observation observation = desk.read();
      switch (DrainChoice.of(observation, scene.sides(), side, downtime)) {
        case DrainChoice.Drain(var servers) -> desk.setState(servers, AdminState.DRAIN);
        case DrainChoice.Empty() -> {
          return Outcome.done(facts(observation, scene, side, 0));
        }
        case DrainChoice.Refused(String why) -> throw new PhaseStopped(refused(side, why));
        case DrainChoice.AwaitSessions(long sessions) -> {
          Instant now = context.clock().instant();
          if (now.isAfter(until)) {
            return Outcome.done(
                facts(observation, scene, side, sessions), List.of(left(side, sessions)));
          }
          if (now.isAfter(said.plus(Deadlines.progress(context)))) {
            context.progress(facts(observation, scene, side, sessions));
            said = now;
          }
          guard.look();
          rest(context);
        }
      }
    }
  }

  private static void rest(PhaseContext context) throws InterruptedException {
    if (!context.pause(TICK)) {
      context.ensureCurrent();
    }
  }

  private static Map<String, String> facts(
      Observation observation, Scene scene, Side side, long sessions) {
    Map<String, String> facts = new HashMap<>(StepFacts.weights(observation, scene.sides()));
    facts.put("sessions." + side.word(), Long.toString(sessions));
    return facts;
  }

  private static Finding left(Side side, long sessions) {
    return Found.warning(
        "router.sessions-left",
        sessions
            + " requests were still worked on by "
            + side.word()
            + " when the drain time ended;"
            + " stopping its nodes cuts them",
        Facts.SESSIONS_BLUE + "=" + sessions,
        "Raise upgrade.drain in the inventory where requests live that long.");
  }

  private static Outcome.Failed refused(Side side, String why) {
    return Outcome.fatal(
        "Draining " + side.word() + " would lose requests: " + why,
        side.other().word() + " up and carrying all traffic",
        "See the router's weights and states; then retry the phase.");
  }
}
