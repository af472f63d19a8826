package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.router.AdminFront;
import io.changeover.traffic.router.CallLimits;
import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;
import io.changeover.traffic.router.FrontAnswer;
import io.changeover.worker.Found;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The admin fence: at most one side's Admin servers are ready at any time. The other side is
/// closed, verified and quiet before a side opens.
@Singleton
public class FencePhase implements PhaseWork {

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
    return Tools.run(context, this::outcome);
  }

  private Outcome outcome(PhaseContext context) throws PhaseStopped, InterruptedException {
    Scene scene = Scene.of(context);
    Side side = SideOf.command(context);
    Optional<String> backend = scene.settings().adminBackend();
    return backend.isEmpty()
        ? unfenced(side)
        : fence(context, scene, tools.desk(context, backend.get()), side);
  }

  private static Outcome unfenced(Side side) {
    Finding policy =
        Found.warning(
            "admin.unfenced",
            "Nothing but policy keeps writes away from the other side's Admin API: the inventory"
                + " names no adminBackend",
            "router.haproxy.adminBackend is not set",
            "Put the Admin APIs behind a backend of the router and name it in the inventory.");
    return Outcome.done(
        Map.of(Facts.ADMIN_OPEN, side.word(), Facts.ADMIN_FENCED, "false"), List.of(policy));
  }

  private Outcome fence(PhaseContext context, Scene scene, Desk desk, Side side)
      throws PhaseStopped, InterruptedException {
    List<String> closed = closed(new AdminFence(context, scene, desk), side);
    Map<String, String> facts =
        new HashMap<>(Map.of(Facts.ADMIN_OPEN, side.word(), Facts.ADMIN_FENCED, "true"));
    if (context.command().getAction().equals(Actions.OPEN_ADMIN)
        && unfreeze(context, scene, desk)) {
      facts.put(Facts.ADMIN_FROZEN, "none");
    }
    return Outcome.done(facts, corrected(closed, desk.backend()));
  }

  /// Green's Admin API opens only once, past the point of no return.
  private static List<String> closed(AdminFence fence, Side side)
      throws PhaseStopped, InterruptedException {
    return switch (side) {
      case BLUE -> fence.bring(side);
      case GREEN -> {
        fence.handOver(side);
        yield List.of();
      }
    };
  }

  /// Nobody had promised anything before the first fence, and a rollback opens blue's when green is
  /// stopped: closing takes nothing away, but whoever opened these wants to know.
  static List<Finding> corrected(List<String> closed, String backend) {
    return closed.isEmpty()
        ? List.of()
        : List.of(
            Found.warning(
                "admin.closed-green",
                "Green's Admin servers could be reached and were put into maint: "
                    + String.join(", ", closed),
                "show servers state " + backend,
                "See whether anything was written there; they open again when blue is gone."));
  }

  /// Opens what `freeze-admin` closed, after the fence: the other side is shut by then.
  ///
  /// @return whether this router is set up for a freeze at all
  private static boolean unfreeze(PhaseContext context, Scene scene, Desk desk)
      throws PhaseStopped, InterruptedException {
    AdminFreeze freeze = new AdminFreeze(context, desk);
    if (freeze.reading() instanceof FreezeReading.NotSetUp) {
      return false;
    }
    freeze.bring(FreezeState.OPEN);
    Optional<URI> front = scene.settings().adminFront();
    if (front.isPresent()) {
      prove(new AdminFront(front.get(), CallLimits.DEFAULT).write());
    }
    return true;
  }

  private static void prove(FrontAnswer write) throws PhaseStopped {
    switch (write) {
      case FrontAnswer.Passed _ -> {}
      case FrontAnswer.Denied(int status) ->
          throw new PhaseStopped(
              Outcome.fatal(
                  "The freeze was lifted at the router, but writes are still denied with " + status,
                  "writes passed by backend and front of the Admin APIs",
                  "See whether router.haproxy.adminFront belongs to another backend that is still"
                      + " frozen; then retry the phase."));
      case FrontAnswer.Unknown(String reason) ->
          throw new PhaseStopped(
              Outcome.retryable(
                  "The Admin APIs are open at the router, but the Admin front does not answer: "
                      + reason,
                  "an answered write",
                  "See that router.haproxy.adminFront is the address of the admin frontend."));
    }
  }
}
