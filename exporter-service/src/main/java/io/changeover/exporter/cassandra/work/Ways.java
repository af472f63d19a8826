package io.changeover.exporter.cassandra.work;

import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.Optional;

/// Holds a phase to the way that was decided on when the upgrade started.
final class Ways {

  private Ways() {}

  /// Why a phase of one way must not run.
  ///
  /// @param phase the way that the phase belongs to
  static Optional<Outcome.Failed> refusal(
      PhaseContext context, CassandraDatastore datastore, Way phase, String about) {
    String inventory = datastore.copy().way().word();
    String decided = Optional.ofNullable(context.command().getWay()).orElse(inventory);
    if (decided.equals(phase.word()) && decided.equals(inventory)) {
      return Optional.empty();
    }
    if (decided.equals(Way.KONG_YML.word())) {
      return Optional.of(
          Outcome.fatal(
              about + ": the way kong-yml is not part of this release",
              "the way copy or dump, which keep workspaces and times to live",
              "abort the upgrade, set `copy: {way: copy}` in the inventory and start again"));
    }
    return Optional.of(
        Outcome.fatal(
            "%s: the upgrade goes the way %s, the inventory says %s"
                .formatted(about, decided, inventory),
            "the way " + phase.word() + " in both",
            "set the inventory back, or abort the upgrade and start again"));
  }
}
