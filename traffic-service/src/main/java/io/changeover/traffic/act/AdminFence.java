package io.changeover.traffic.act;

import io.changeover.traffic.decide.FenceBreach;
import io.changeover.traffic.decide.FenceChoice;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Brings the admin backend to "only this side's servers are ready": the other side is closed,
/// verified and quiet before a side opens.
///
/// What finds both sides open may be corrected where nobody promised anything before (the first
/// fence) or where green is gone for good (a rollback). Between the fence and green's opening only
/// somebody else can have opened one: [#handOver] stops there.
record AdminFence(PhaseContext context, Scene scene, Desk desk) {

  private static final Duration TICK = Duration.ofMillis(100);

  /// Closes the other side where it must, then opens this one.
  ///
  /// @return the servers of the other side that had to be closed
  List<String> bring(Side side) throws PhaseStopped, InterruptedException {
    return bring(side, _ -> {});
  }

  /// As [#bring], but two open sides are a hold: this worker opens none before the other is shut,
  /// in no attempt.
  void handOver(Side side) throws PhaseStopped, InterruptedException {
    bring(side, this::ensureOneOpen);
  }

  private List<String> bring(Side side, Look look) throws PhaseStopped, InterruptedException {
    List<String> closed = new ArrayList<>();
    while (true) {
      Observation observation = desk.read();
      look.at(observation);
      switch (FenceChoice.of(observation, scene.admin(), side)) {
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

  /// What a reading must not show.
  private interface Look {
    void at(Observation observation) throws PhaseStopped;
  }

  private void ensureOneOpen(Observation observation) throws PhaseStopped {
    List<String> blue = FenceBreach.open(observation, scene.admin().blue());
    List<String> green = FenceBreach.open(observation, scene.admin().green());
    if (!blue.isEmpty() && !green.isEmpty()) {
      throw new PhaseStopped(
          Outcome.fatal(
              "The admin fence was changed behind our back: both sides can be reached in backend %s: %s"
                  .formatted(
                      desk.backend(),
                      String.join(", ", Stream.concat(blue.stream(), green.stream()).toList())),
              "the Admin servers of one side in maint",
              "See who opened them and what was written there. Set the servers of one side to maint"
                  + " at the router and retry the phase."));
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
