package io.changeover.exporter.cassandra.work;

import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.messages.PhaseCommand;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.SupersededException;
import java.io.IOException;
import java.util.Optional;

/// What the phases of the ways through files, `dump` and `kong-yml`, have in common.
final class DumpPhase {

  /// What one phase does.
  @FunctionalInterface
  interface Work {
    Outcome run(CassandraDatastore datastore, CassandraStore green, DumpPlaces places, String about)
        throws InterruptedException, IOException;
  }

  private DumpPhase() {}

  /// Runs a phase.
  ///
  /// @param name of the phase, for reasons
  /// @param dump what it does on the way `dump`
  /// @param kongYml what it does on the way `kong-yml`
  static Outcome run(PhaseContext context, String name, Work dump, Work kongYml)
      throws InterruptedException {
    PhaseCommand command = context.command();
    String about =
        "%s of cluster %s for upgrade %s, attempt %d"
            .formatted(name, command.getCluster(), command.getUpgrade(), command.getAttempt());
    if (!(context.cluster().datastore() instanceof CassandraDatastore cassandra)
        || cassandra.green().isEmpty()) {
      return Outcome.fatal(
          about + ": the inventory names no two keyspaces",
          "`datastore: cassandra` with `green`",
          "correct the inventory, then retry the phase");
    }
    Optional<Outcome.Failed> refusal =
        Ways.refusal(context, cassandra, about, Way.DUMP, Way.KONG_YML);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      Optional<DumpPlaces> places = DumpPlaces.of(cassandra.copy(), command);
      if (places.isEmpty()) {
        return Outcome.fatal(
            about + ": the upgrade's id can't be the name of a folder",
            "letters, digits, `.`, `_` and `-`, at most 200",
            "start the upgrade under another id");
      }
      Work work = Ways.is(Way.KONG_YML, context, cassandra) ? kongYml : dump;
      return work.run(cassandra, cassandra.green().get(), places.get(), about);
    } catch (SupersededException e) {
      throw e;
    } catch (IOException e) {
      return CassandraFailures.of(e, about).orElseThrow();
    } catch (RuntimeException e) {
      Optional<Outcome.Failed> failed = CassandraFailures.of(e, about);
      if (failed.isPresent()) {
        return failed.get();
      }
      throw e;
    }
  }

  static Outcome.Failed noDump(String about, String place, String phase) {
    return Outcome.fatal(
        "%s: there is no dump in %s".formatted(about, place),
        "the dump that the phase %s leaves there".formatted(phase),
        "retry from the phase " + phase);
  }
}
