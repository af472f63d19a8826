package io.changeover.exporter.cassandra.work;

import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Holds a phase to the way that was decided on when the upgrade started.
final class Ways {

  private Ways() {}

  /// The way that was decided on; the inventory's where the command does not say.
  static String decided(PhaseContext context, CassandraDatastore datastore) {
    return Optional.ofNullable(context.command().getWay()).orElse(datastore.copy().way().word());
  }

  /// Whether it is this one.
  static boolean is(Way way, PhaseContext context, CassandraDatastore datastore) {
    return decided(context, datastore).equals(way.word());
  }

  /// Why a phase must not run.
  ///
  /// @param phase the ways that the phase belongs to
  static Optional<Outcome.Failed> refusal(
      PhaseContext context, CassandraDatastore datastore, String about, Way... phase) {
    String inventory = datastore.copy().way().word();
    String decided = decided(context, datastore);
    List<String> ways = Arrays.stream(phase).map(Way::word).toList();
    return ways.contains(decided) && decided.equals(inventory)
        ? Optional.empty()
        : Optional.of(
            Outcome.fatal(
                "%s: the upgrade goes the way %s, the inventory says %s"
                    .formatted(about, decided, inventory),
                "the way %s in both".formatted(String.join(" or ", ways)),
                "set the inventory back, or abort the upgrade and start again"));
  }
}
