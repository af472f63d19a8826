package io.changeover.traffic.act;

import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.router.AdminFront;
import io.changeover.traffic.router.CallLimits;
import io.changeover.traffic.router.FreezeState;
import io.changeover.traffic.router.FrontAnswer;
import io.changeover.traffic.router.Server;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Blue's Admin API read-only at the router: GET and HEAD pass, everything else is denied. Frozen
/// first, then fenced, then quiet, and proved by a write and a read through the front; so no moment
/// exists at which a write could still be under way.
@Singleton
public class FreezePhase implements PhaseWork {

  private final Tools tools;

  public FreezePhase(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.FREEZE_ADMIN);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Tools.run(context, this::outcome);
  }

  private Outcome outcome(PhaseContext context) throws PhaseStopped, InterruptedException {
    Side side = SideOf.command(context);
    if (side != Side.BLUE) {
      throw new PhaseStopped(
          Outcome.fatal(
              "The command freezes the Admin API of " + side.word(),
              "blue, whose configuration is to stay as it is",
              "This is a fault of the sender; start the upgrade anew."));
    }
    Scene scene = Scene.of(context);
    String backend =
        scene.settings().adminBackend().orElseThrow(() -> absent("router.haproxy.adminBackend"));
    URI front =
        scene.settings().adminFront().orElseThrow(() -> absent("router.haproxy.adminFront"));
    List<String> closed =
        freeze(context, scene, backend, new AdminFront(front, CallLimits.DEFAULT));
    return Outcome.done(
        Map.of(
            Facts.ADMIN_OPEN,
            "none",
            Facts.ADMIN_FROZEN,
            Side.BLUE.word(),
            Facts.ADMIN_FENCED,
            "true"),
        FencePhase.corrected(closed, backend));
  }

  private static PhaseStopped absent(String key) {
    return new PhaseStopped(
        Outcome.fatal(
            "The Admin API can't be frozen: the inventory has no " + key,
            "adminBackend and adminFront under router.haproxy, and "
                + AdminFreeze.RULE
                + " in that backend",
            "Put the Admin APIs behind a backend with this rule (docs/haproxy.md), name both in the"
                + " inventory, then retry the phase."));
  }

  /// @return the servers of green that had to be closed
  private List<String> freeze(PhaseContext context, Scene scene, String backend, AdminFront front)
      throws PhaseStopped, InterruptedException {
    Desk desk = tools.desk(context, backend);
    AdminFreeze freeze = new AdminFreeze(context, desk);
    AdminFence fence = new AdminFence(context, scene, desk);
    List<String> closed = new ArrayList<>();
    do {
      freeze.bring(FreezeState.FROZEN);
      closed.addAll(fence.bring(Side.BLUE));
      quiet(scene, desk, fence);
    } while (!freeze.is(FreezeState.FROZEN));
    context.ensureCurrent();
    prove(front.write(), front.read());
    return closed;
  }

  /// Writes that came before the freeze may still be under way; they count as requests in work.
  private static void quiet(Scene scene, Desk desk, AdminFence fence)
      throws PhaseStopped, InterruptedException {
    while (true) {
      long sessions =
          desk.read().servers(scene.admin().blue()).stream().mapToLong(Server::sessions).sum();
      if (sessions == 0) {
        return;
      }
      fence.await(sessions + " requests that blue's Admin API took before the freeze");
    }
  }

  private static void prove(FrontAnswer write, FrontAnswer read) throws PhaseStopped {
    if (write instanceof FrontAnswer.Unknown(String reason)) {
      throw new PhaseStopped(unproved(reason));
    }
    if (read instanceof FrontAnswer.Unknown(String reason)) {
      throw new PhaseStopped(unproved(reason));
    }
    if (write instanceof FrontAnswer.Passed(int status)) {
      throw new PhaseStopped(
          ineffective("a write was answered with " + status + " by what is behind the router"));
    }
    if (read instanceof FrontAnswer.Denied(int status)) {
      throw new PhaseStopped(ineffective("a read was denied with " + status));
    }
  }

  private static Outcome.Failed unproved(String reason) {
    return Outcome.retryable(
        "The freeze is set, but could not be proved at the Admin front: " + reason,
        "a denied write and an answered read",
        "See that router.haproxy.adminFront is the address of the admin frontend and that a node of"
            + " blue answers there.");
  }

  private static Outcome.Failed ineffective(String what) {
    return Outcome.fatal(
        "The freeze is set at the router, but has not its effect: " + what,
        "writes denied and reads passed by " + AdminFreeze.RULE,
        "Correct the rule of the admin backend, or router.haproxy.adminFront; then retry the"
            + " phase.");
  }
}
