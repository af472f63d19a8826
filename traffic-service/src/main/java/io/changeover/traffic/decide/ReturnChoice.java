package io.changeover.traffic.decide;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import java.util.List;

/// How to give all traffic back to blue from wherever it is. Never asks how it got there.
public sealed interface ReturnChoice {

  /// These servers of blue must be ready first.
  record MakeReady(List<String> servers) implements ReturnChoice {}

  /// No server of blue is up while green still is: taking green's traffic away would lose it.
  record AwaitBlue(List<String> servers) implements ReturnChoice {}

  /// Set these weights, blue's first.
  record Move(List<WeightChange> changes) implements ReturnChoice {}

  /// All weight is blue's.
  record Already() implements ReturnChoice {}

  /// The router lacks servers that were named.
  record Unnamed(List<String> servers) implements ReturnChoice {}

  /// Decides.
  static ReturnChoice of(Observation observation, Sides sides) {
    List<Server> blue = observation.servers(sides.blue());
    List<Server> green = observation.servers(sides.green());
    if (blue.isEmpty() || green.isEmpty()) {
      return new Unnamed(observation.missing(sides.all()));
    }
    List<String> notReady = names(blue, server -> server.admin() != AdminState.READY);
    if (!notReady.isEmpty()) {
      return new MakeReady(notReady);
    }
    WeightPlan plan = WeightPlan.of(0, observation, sides);
    List<WeightChange> changes = plan.changes(observation, sides);
    if (changes.isEmpty()) {
      return new Already();
    }
    boolean greenServes = green.stream().anyMatch(server -> server.usable() && server.weight() > 0);
    return greenServes && blue.stream().noneMatch(Server::usable)
        ? new AwaitBlue(sides.blue())
        : new Move(changes);
  }

  private static List<String> names(
      List<Server> servers, java.util.function.Predicate<Server> which) {
    return servers.stream().filter(which).map(Server::name).toList();
  }
}
