package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.traffic.decide.Side;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.decide.Split;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Server;
import io.changeover.worker.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What a reading of the router says against an upgrade. Pure; all findings at once.
final class RouterChecks {

  private RouterChecks() {}

  /// The backend of the proxy traffic.
  static List<Finding> proxy(Observation observation, Sides sides) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Found.fact("router.product", observation.product() + " answers", observation.process()));
    findings.addAll(servers(observation, sides));
    if (observation.missing(sides.all()).isEmpty()) {
      findings.addAll(weights(observation, sides));
      findings.addAll(health(observation, sides));
    }
    return findings;
  }

  private static List<Finding> servers(Observation observation, Sides sides) {
    List<Finding> findings = new ArrayList<>();
    for (String server : observation.missing(sides.all())) {
      findings.add(
          Found.blocker(
              "router.server-missing",
              "Backend " + observation.backend() + " has no server " + server,
              "show servers state " + observation.backend() + ": " + names(observation.servers()),
              "Add the server to the router (green with weight 0), or correct `server` of the node"
                  + " in the inventory."));
    }
    for (String server : sides.shared()) {
      findings.add(
          Found.blocker(
              "router.server-shared",
              "Server " + server + " is named for a node of both sides",
              sides.toString(),
              "Give each node a server of its own."));
    }
    for (String server : sides.foreign(observation)) {
      findings.add(
          Found.blocker(
              "router.server-foreign",
              "Server " + server + " takes requests but belongs to neither side",
              "weight above 0 and ready in backend " + observation.backend(),
              "Add its node to the inventory, or set its weight to 0."));
    }
    return findings;
  }

  private static List<Finding> weights(Observation observation, Sides sides) {
    Split split = Split.of(observation, sides);
    if (split.isPercent(0)) {
      return List.of();
    }
    return List.of(
        split.green() > 0
            ? Found.blocker(
                "weight.green-not-zero",
                "Green has weight before the upgrade: " + split,
                "show servers state " + observation.backend(),
                "Set the weights of green's servers to 0 at the router.")
            : Found.blocker(
                "weight.blue-zero",
                "No server of blue is ready with a weight above 0",
                "show servers state " + observation.backend(),
                "Give blue its weight back at the router."));
  }

  private static List<Finding> health(Observation observation, Sides sides) {
    List<Finding> findings = new ArrayList<>();
    for (Server server : observation.servers(sides.blue())) {
      if (!server.usable()) {
        findings.add(
            Found.blocker(
                "router.blue-not-up",
                "Blue's server " + server.name() + " is not ready and up",
                "admin " + server.admin() + ", operational " + server.oper(),
                "See the node's health, or take it out of the inventory."));
      }
    }
    for (Server server : observation.servers(sides.green())) {
      if (server.admin() != AdminState.READY) {
        findings.add(
            Found.warning(
                "router.green-not-ready",
                "Green's server "
                    + server.name()
                    + " is in "
                    + server.admin().word()
                    + "; the first shift needs it ready",
                "admin " + server.admin(),
                "set server " + observation.backend() + "/" + server.name() + " state ready"));
      }
    }
    unchecked(observation, sides).forEach(findings::add);
    return findings;
  }

  private static List<Finding> unchecked(Observation observation, Sides sides) {
    List<Server> unchecked =
        observation.servers(sides.all()).stream().filter(Predicate.not(Server::checked)).toList();
    return unchecked.isEmpty()
        ? List.of()
        : List.of(
            Found.warning(
                "router.no-health-check",
                "The router does not check the health of "
                    + names(unchecked)
                    + " and believes them up",
                "srv_check_state has no 0x04",
                "Add `check` to their server lines."));
  }

  /// The backend of the Admin APIs.
  static List<Finding> admin(Observation observation, Sides sides) {
    List<Finding> findings = new ArrayList<>(servers(observation, sides));
    for (Side side : Side.values()) {
      List<Server> open =
          observation.servers(sides.of(side)).stream()
              .filter(server -> server.admin() == AdminState.READY)
              .toList();
      findings.add(
          Found.fact(
              "admin." + side.word(),
              open.isEmpty()
                  ? "No Admin server of " + side.word() + " is open"
                  : "Open Admin servers of " + side.word() + ": " + names(open),
              "show servers state " + observation.backend()));
    }
    return findings;
  }

  private static String names(List<Server> servers) {
    return String.join(", ", servers.stream().map(Server::name).toList());
  }
}
