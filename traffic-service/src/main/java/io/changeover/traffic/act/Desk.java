package io.changeover.traffic.act;

import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.decide.WeightChange;
import io.changeover.traffic.decide.WeightPlan;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Change;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.Reading;
import io.changeover.traffic.router.Router;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.List;

/// One backend of one router in the hands of one phase: every effect asks first whether the command
/// is still the current one, and what could not be read or done ends the phase.
record Desk(PhaseContext context, Router router, String backend) {

  Reading look() {
    return router.read(backend);
  }

  Observation read() throws PhaseStopped {
    return switch (look()) {
      case Reading.Seen(Observation observation) -> observation;
      case Reading.NoBackend(String words) -> throw new PhaseStopped(noBackend(words));
      case Reading.Unknown(String reason) -> throw new PhaseStopped(unknown(reason));
    };
  }

  void setWeights(List<WeightChange> changes) throws PhaseStopped {
    for (WeightChange change : changes) {
      context.ensureCurrent();
      prove(
          router.setWeight(backend, change.server(), change.weight()),
          "weight %d for %s/%s".formatted(change.weight(), backend, change.server()));
    }
  }

  void setState(List<String> servers, AdminState state) throws PhaseStopped {
    for (String server : servers) {
      context.ensureCurrent();
      prove(
          router.setState(backend, server, state),
          "state %s for %s/%s".formatted(state.word(), backend, server));
    }
  }

  /// Sets what differs from the plan, and reads it back.
  Observation bring(WeightPlan plan, Sides sides, Observation found) throws PhaseStopped {
    setWeights(plan.changes(found, sides));
    Observation proof = read();
    if (!plan.isIn(proof)) {
      throw new PhaseStopped(
          Outcome.retryable(
              "Weights were set at " + backend + " but read back as other ones",
              "weights " + plan.weights(),
              "See who else changes weights of this backend at the router."));
    }
    return proof;
  }

  static void prove(Change change, String what) throws PhaseStopped {
    switch (change) {
      case Change.Done() -> {}
      case Change.Refused(String words) ->
          throw new PhaseStopped(
              Outcome.fatal(
                  "The router refused " + what + ": " + words,
                  "a stats socket with `level admin` and servers of these names",
                  "Correct the router's configuration or the inventory, then retry the phase."));
      case Change.Unknown(String reason) -> throw new PhaseStopped(unknown(reason));
    }
  }

  private Outcome.Failed noBackend(String words) {
    return Outcome.fatal(
        "The router has no backend " + backend + ": " + words,
        "a backend of this name",
        "Correct router.haproxy in the inventory, or the router's configuration.");
  }

  static Outcome.Failed unknown(String reason) {
    return Outcome.retryable(
        "The router could not be asked: " + reason,
        "an answer of its Runtime API in time",
        "See that the router runs and that its stats socket can be reached from here.");
  }
}
