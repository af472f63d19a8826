package io.changeover.traffic.act;

import io.changeover.traffic.decide.ReturnChoice;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.decide.Window;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.worker.Outcome;
import java.time.Duration;
import java.time.Instant;

/// Gives all traffic back to blue, and observes that green gets nothing more. Goes on through a
/// router that can't be asked until the deadline.
final class BlueReturn {

  private static final Duration BETWEEN = Duration.ofMillis(100);

  /// Enough for requests that were on their way to a server when the weights changed.
  private static final Duration OBSERVED = Duration.ofMillis(150);

  /// @param zeroAt when it was observed that green got no request any more
  /// @param window what was counted while that was observed
  record Returned(Observation proof, Window window, Instant zeroAt) {}

  private final Desk desk;
  private final Sides sides;
  private final Instant deadline;

  BlueReturn(Desk desk, Sides sides, Instant deadline) {
    this.desk = desk;
    this.sides = sides;
    this.deadline = deadline;
  }

  /// Does it.
  ///
  /// @throws PhaseStopped with the last obstacle when the deadline comes first, or when the router
  ///   refuses
  Returned run() throws PhaseStopped, InterruptedException {
    while (true) {
      try {
        Observation found = desk.read();
        ReturnChoice choice = ReturnChoice.of(found, sides);
        if (choice instanceof ReturnChoice.Already) {
          return observe(found);
        }
        move(choice);
      } catch (PhaseStopped obstacle) {
        if (!mayPass(obstacle) || desk.context().clock().instant().isAfter(deadline)) {
          throw obstacle;
        }
        rest(BETWEEN);
      }
    }
  }

  private static boolean mayPass(PhaseStopped obstacle) {
    return obstacle.outcome().kind() == io.changeover.messages.FailureKind.RETRYABLE;
  }

  private void move(ReturnChoice choice) throws PhaseStopped {
    switch (choice) {
      case ReturnChoice.MakeReady(var servers) -> desk.setState(servers, AdminState.READY);
      case ReturnChoice.Move(var changes) -> desk.setWeights(changes);
      case ReturnChoice.Already() -> {}
      case ReturnChoice.AwaitBlue(var servers) ->
          throw new PhaseStopped(
              Outcome.retryable(
                  "Green keeps its traffic, since the router finds no server of blue up: "
                      + String.join(", ", servers),
                  "at least one server of blue up",
                  "Start blue's nodes; the traffic then goes back."));
      case ReturnChoice.Unnamed(var servers) ->
          throw new PhaseStopped(
              Outcome.fatal(
                  "The router has no server " + String.join(", ", servers),
                  "all servers of the inventory in backend " + desk.backend(),
                  "Correct the inventory or the router, and set green's weight to 0 by hand."));
    }
  }

  private Returned observe(Observation weighed) throws PhaseStopped, InterruptedException {
    Observation from = weighed;
    while (true) {
      rest(OBSERVED);
      Observation now = desk.read();
      Window window = Window.between(from, now, sides).orElse(Window.NONE);
      boolean same = from.process().equals(now.process());
      if (!(ReturnChoice.of(now, sides) instanceof ReturnChoice.Already)) {
        throw new PhaseStopped(moved());
      }
      if (same && window.green().counters().requests() == 0) {
        return new Returned(now, window, now.at());
      }
      if (desk.context().clock().instant().isAfter(deadline)) {
        throw new PhaseStopped(moved());
      }
      from = now;
    }
  }

  private static Outcome.Failed moved() {
    return Outcome.retryable(
        "Green still got requests, or weight again, after its weight was set to 0",
        "no request on green",
        "See who else changes the router; look for a load balancer that goes around the weights.");
  }

  private void rest(Duration time) throws InterruptedException {
    desk.context().pause(time);
  }
}
