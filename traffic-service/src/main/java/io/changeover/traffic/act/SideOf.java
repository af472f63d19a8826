package io.changeover.traffic.act;

import io.changeover.traffic.decide.Side;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import org.jspecify.annotations.Nullable;

/// The side that a command names.
final class SideOf {

  private SideOf() {}

  static Side command(PhaseContext context) throws PhaseStopped {
    @Nullable String word = context.command().getSide();
    return Side.of(word == null ? "" : word)
        .orElseThrow(
            () ->
                new PhaseStopped(
                    Outcome.fatal(
                        "The command names side " + word,
                        "blue or green",
                        "This is a fault of the sender; start the upgrade anew.")));
  }
}
