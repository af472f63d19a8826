package io.changeover.traffic.act;

import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.Split;
import io.changeover.traffic.router.Observation;
import io.changeover.worker.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of a step that did not end well.
final class ShiftRefusals {

  static final String RETURNED =
      "traffic was found back on blue, or on its way there: an earlier attempt of this step has"
          + " returned it, or the router started with the weights of its file";

  private static final String SET_BACK =
      "Set them back and retry the phase (a retry that finds green at 0 rolls back), or abort the"
          + " upgrade.";

  private ShiftRefusals() {}

  static Outcome changed(Observation found, Scene scene, TrafficStep step) {
    Split split = Split.of(found, scene.sides());
    Map<String, String> facts = new HashMap<>(StepFacts.weights(found, scene.sides()));
    facts.put(Facts.WEIGHT_FOUND, split.toString());
    return Outcome.fatal(
            "The router's weights were changed behind our back: found " + split,
            "green at %d %% (before the step) or %d %% (after it)"
                .formatted(step.getFromWeight(), step.getSetWeight()),
            "See who changed them. " + SET_BACK)
        .withFacts(facts);
  }

  static Outcome changedMeanwhile(String found, Map<String, String> measured) {
    Map<String, String> facts = new HashMap<>(measured);
    facts.put(Facts.WEIGHT_FOUND, found);
    return Outcome.fatal(
            "The router's weights were changed during the step: found " + found,
            "the weights that the step had set",
            "See who changed them, or whether the router restarted with the weights of its file. "
                + SET_BACK)
        .withFacts(facts);
  }

  static Outcome notReady(List<String> servers) {
    return Outcome.retryable(
        "Servers that shall get traffic are not ready or not up at the router: "
            + String.join(", ", servers),
        "every server of a side that gets traffic ready and up; no weight was moved",
        "See the nodes' health and the router's checks; a server in drain or maint needs"
            + " `set server … state ready`.");
  }

  static Outcome unnamed(List<String> servers, String backend) {
    return Outcome.fatal(
        "Servers are missing in backend "
            + backend
            + ", or named on both sides: "
            + String.join(", ", servers),
        "each node's server (inventory: server, else name) once in the backend",
        "Correct the inventory or the router's configuration, then retry the phase.");
  }

  static Outcome foreign(List<String> servers, String backend) {
    return Outcome.fatal(
        "Servers of neither side take requests in backend "
            + backend
            + ": "
            + String.join(", ", servers),
        "only servers of the inventory with a weight above 0",
        "Add them to the inventory, or set their weight to 0, then retry the phase.");
  }

  static Outcome unfinished(List<String> waitingFor, Map<String, String> facts) {
    return Outcome.inconclusive(
            "The step's time is over, and it still waited for " + String.join("; ", waitingFor),
            "all of that before the deadline",
            "Approve the gate to try the step again, reject it to roll back.")
        .withFacts(facts);
  }

  static Outcome inconclusive(String why, Map<String, String> facts) {
    return Outcome.inconclusive(
            "The analysis could not tell: " + why,
            "measurements that meet the success condition, or the failure condition",
            "Approve the gate to try the step again, reject it to roll back.")
        .withFacts(facts);
  }

  static Outcome unmeasurable(String why, Map<String, String> facts) {
    return Outcome.retryable(
            "The step could not be measured: " + why,
            "a router that answers; this says nothing about green, and no weight was moved",
            "See that the router runs and that its stats socket can be reached from here.")
        .withFacts(facts);
  }

  static Outcome breached(String why, Optional<String> obstacle, Map<String, String> facts) {
    return Outcome.breached(
            obstacle
                .map(words -> why + "; traffic was NOT seen back on blue: " + words)
                .orElse(why + "; all traffic is back on blue"),
            "the analysis to be successful",
            "See the measurements and green's logs.")
        .withFacts(facts);
  }
}
