package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.FenceChoice;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.router.AdminState;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The admin fence: at most one side's Admin servers are ready at any time. The other side is
/// closed, verified and quiet before a side opens.
@Singleton
public class FencePhase implements PhaseWork {

  private static final Duration TICK = Duration.ofMillis(100);

  private final Tools tools;

  public FencePhase(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.FENCE_ADMIN, Actions.OPEN_ADMIN);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    Outcome outcome = outcome(context);
    tools.metrics().ended(context.command().getAction(), outcome);
    return outcome;
  }

  private Outcome outcome(PhaseContext context) throws InterruptedException {
    try {
      Scene scene = Scene.of(context);
      Side side = SideOf.command(context);
      Optional<String> backend = scene.settings().adminBackend();
      return backend.isEmpty()
          ? unfenced(side)
          : fence(context, scene, tools.desk(context, backend.get()), side);
    } catch (PhaseStopped stopped) {
      return stopped.outcome();
    }
  }

  private static Outcome unfenced(Side side) {
    Finding policy =
        Findings.warning(
            "admin.unfenced",
            "Nothing but policy keeps writes away from the other side's Admin API: the inventory"
                + " names no adminBackend",
            "router.haproxy.adminBackend is not set",
            "Put the Admin APIs behind a backend of the router and name it in the inventory.");
    return Outcome.done(
        Map.of(Facts.ADMIN_OPEN, side.word(), Facts.ADMIN_FENCED, "false"), List.of(policy));
  }

  private static Outcome fence(PhaseContext context, Scene scene, Desk desk, Side side)
      throws PhaseStopped, InterruptedException {
    while (true) {
      switch (FenceChoice.of(desk.read(), scene.sides(), side)) {
        case FenceChoice.Already() -> {
          return Outcome.done(Map.of(Facts.ADMIN_OPEN, side.word(), Facts.ADMIN_FENCED, "true"));
        }
        case FenceChoice.Close(var servers) -> desk.setState(servers, AdminState.MAINT);
        case FenceChoice.Open(var servers) -> desk.setState(servers, AdminState.READY);
        case FenceChoice.AwaitSessions(long sessions) ->
            await(context, sessions + " requests on the Admin API of " + side.other().word());
        case FenceChoice.AwaitUp(var servers) ->
            await(context, "the router to find one of these up: " + String.join(", ", servers));
        case FenceChoice.Refused(String why) ->
            throw new PhaseStopped(
                Outcome.fatal(
                    "The Admin APIs can't be fenced: " + why,
                    "a server for each node in backend " + desk.backend(),
                    "Correct the router's configuration or the inventory, then retry the phase."));
      }
    }
  }

  private static void await(PhaseContext context, String what)
      throws PhaseStopped, InterruptedException {
    if (context.clock().instant().isAfter(Deadlines.lastLook(context))) {
      throw new PhaseStopped(
          Outcome.retryable(
              "The admin fence waited in vain for " + what,
              "at most one open side, and that one up",
              "See the nodes' Admin APIs and who uses them."));
    }
    if (!context.pause(TICK)) {
      context.ensureCurrent();
    }
  }
}
