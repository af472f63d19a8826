package io.changeover.migrator.work;

import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.NoDatastore;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.migrator.MigratorSettings;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.standalone.Look;
import io.changeover.worker.standalone.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The phase `preflight` where nobody commanded it: the same work, with limits that fit the time
/// that one cluster gets.
public final class StandalonePreflight {

  private static final Duration READING = Duration.ofSeconds(30);
  private static final Duration HTTP = Duration.ofSeconds(3);
  private static final Duration NEVER = Duration.ofSeconds(1);

  private StandalonePreflight() {}

  /// The look.
  public static Look of(Look.Limits limits) {
    MigratorSettings settings =
        new MigratorSettings(
            limits.within(READING, 2),
            limits.within(HTTP, 4),
            limits.within(READING, 2),
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            Path.of("."));
    return new Look("migrator", new Either(new Tools(settings)), StandalonePreflight::places);
  }

  /// The phase's own look at the hop that would come next, and a smaller one at later hops: here
  /// nothing is under way, so that the inventory says rightly what serves.
  private record Either(Tools tools) implements PhaseWork {

    @Override
    public Set<String> actions() {
      return Set.of(Actions.PREFLIGHT);
    }

    @Override
    public Outcome run(PhaseContext context) throws InterruptedException {
      String from = context.command().getFromVersion();
      boolean later = !from.isEmpty() && !from.equals(context.cluster().serving());
      return later
          ? Subject.of(context, subject -> LaterHopPreflight.look(tools, subject))
          : new PreflightWork(tools).run(context);
    }
  }

  private static List<Place> places(Cluster cluster) {
    return switch (cluster.datastore()) {
      case PostgresDatastore postgres ->
          List.of(new Place("datastore", postgres.host(), postgres.port()));
      case CassandraDatastore cassandra -> {
        CassandraStore store = cassandra.blue();
        yield store.contactPoints().stream()
            .map(host -> new Place("datastore", host, store.port()))
            .toList();
      }
      case NoDatastore _ -> List.of();
    };
  }
}
