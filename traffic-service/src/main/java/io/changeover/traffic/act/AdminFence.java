package io.changeover.traffic.act;

import io.changeover.traffic.decide.FenceChoice;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.router.AdminState;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Brings the admin backend to "only this side's servers are ready": the other side is closed,
/// verified and quiet before a side opens.
record AdminFence(PhaseContext context, Scene scene, Desk desk) {

  private static final Duration TICK = Duration.ofMillis(100);

  /// Closes the other side where it must, then opens this one.
  ///
  /// @return the servers of the other side that had to be closed
  List<String> bring(Side side) throws PhaseStopped, InterruptedException {
    List<String> closed = new ArrayList<>();
    while (true) {
      switch (FenceChoice.of(desk.read(), scene.sides(), side)) {
        case FenceChoice.Already() -> {
          return closed;
        }
        case FenceChoice.Close(var servers) -> {
          desk.setState(servers, AdminState.MAINT);
          closed.addAll(servers);
        }
        case FenceChoice.Open(var servers) -> desk.setState(servers, AdminState.READY);
        case FenceChoice.AwaitSessions(long sessions) ->
            await(sessions + " requests on the Admin API of " + side.other().word());
        case FenceChoice.AwaitUp(var servers) ->
            await("the router to find one of these up: " + String.join(", ", servers));
        case FenceChoice.Refused(String why) ->
            throw new PhaseStopped(
                Outcome.fatal(
                    "The Admin APIs can't be fenced: " + why,
                    "a server for each node in backend " + desk.backend(),
                    "Correct the router's configuration or the inventory, then retry the phase."));
      }
    }
  }

  /// Waits a tick for something that is named in the failure when time is up.
  void await(String what) throws PhaseStopped, InterruptedException {
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
