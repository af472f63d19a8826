package io.changeover.traffic.decide;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import java.util.List;

/// What a shift may do with what it found.
public sealed interface ShiftChoice {

  /// The weights are there already.
  record Already(WeightPlan plan) implements ShiftChoice {}

  /// Set these weights, in this order.
  record Move(WeightPlan plan, List<WeightChange> changes) implements ShiftChoice {}

  /// Weights are neither as the planner left them nor as it wants them: somebody else's doing.
  record ChangedBehindOurBack(Split found) implements ShiftChoice {}

  /// An earlier attempt of this step gave all traffic back to blue, or died while it did, and its
  /// report did not arrive.
  record Returned() implements ShiftChoice {}

  /// Servers that would get traffic do not take any.
  ///
  /// @param onlyDown whether all of them are ready and the router has just not seen them up yet
  record NotReady(List<String> servers, boolean onlyDown) implements ShiftChoice {}

  /// Servers of the inventory that the router does not have, or one name on both sides.
  record Unnamed(List<String> servers) implements ShiftChoice {}

  /// Servers of neither side take requests.
  record Foreign(List<String> servers) implements ShiftChoice {}

  /// Decides.
  ///
  /// @param from the percentage of green that the planner believes in
  /// @param to the percentage that green shall have
  /// @param attempt 1 for the first
  static ShiftChoice of(Observation observation, Sides sides, int from, int to, int attempt) {
    List<String> unnamed = unnamed(observation, sides);
    if (!unnamed.isEmpty()) {
      return new Unnamed(unnamed);
    }
    List<String> foreign = sides.foreign(observation);
    if (!foreign.isEmpty()) {
      return new Foreign(foreign);
    }
    Split found = Split.of(observation, sides);
    WeightPlan target = WeightPlan.of(to, observation, sides);
    if (found.isPercent(to)) {
      return already(observation, sides, to, target);
    }
    if (found.isPercent(from) || midway(observation, sides, from, target)) {
      return move(observation, sides, to, target);
    }
    return attempt > 1 && (found.isPercent(0) || midway(observation, sides, 0, target))
        ? new Returned()
        : new ChangedBehindOurBack(found);
  }

  private static ShiftChoice already(
      Observation observation, Sides sides, int to, WeightPlan target) {
    return switch (move(observation, sides, to, target)) {
      case Move(WeightPlan plan, List<WeightChange> changes) when changes.isEmpty() ->
          new Already(plan);
      case ShiftChoice other -> other;
    };
  }

  private static ShiftChoice move(Observation observation, Sides sides, int to, WeightPlan target) {
    List<Server> unusable = unusable(observation, sides, to);
    return unusable.isEmpty()
        ? new Move(target, target.changes(observation, sides))
        : new NotReady(
            unusable.stream().map(Server::name).toList(),
            unusable.stream().allMatch(server -> server.admin() == AdminState.READY));
  }

  private static List<String> unnamed(Observation observation, Sides sides) {
    return sides.shared().isEmpty() ? observation.missing(sides.all()) : sides.shared();
  }

  /// Setting several servers is not one step: a worker may have died half-way.
  private static boolean midway(Observation observation, Sides sides, int from, WeightPlan target) {
    WeightPlan before = WeightPlan.of(from, observation, sides);
    return observation.servers(sides.all()).stream()
        .allMatch(server -> before.gives(server) || target.gives(server));
  }

  private static List<Server> unusable(Observation observation, Sides sides, int to) {
    return observation.servers(sides.all()).stream()
        .filter(
            server ->
                (to > 0 && sides.green().contains(server.name()))
                    || (to < 100 && sides.blue().contains(server.name())))
        .filter(server -> !server.usable())
        .toList();
  }
}
