package io.changeover.cli.demo;

import io.changeover.sandbox.load.LoadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// From 1.3 over 1.5 and 2.1 to 2.2 in one run, on one PostgreSQL database. From 1.5 to 2.1 nobody
/// is served for a while, which the request accepts and the report measures.
final class WholePath implements StagingOnPostgres {
  private static final List<String> VERSIONS = List.of("1.3.0.2", "1.5.0.7", "2.1.4.0", "2.2.0.0");
  private static final List<String> WITH_DOWNTIME = List.of("1.3-1.5", "1.5-2.1");
  private static final Duration LONGEST = Duration.ofMinutes(12);

  @Override
  public Topology place(Path folder, int postgres) {
    List<Fleet> fleets =
        VERSIONS.stream()
            .map(
                version ->
                    Fleet.choose(
                        folder, "kong-" + version.replace('.', '-'), version, KongStore.User.GREEN))
            .toList();
    return Topology.choose(folder, new OnPostgres(postgres, folder.resolve("backups")), fleets);
  }

  @Override
  public KongStore.Inventory inventory(Topology place) {
    return Inventories.unfenced(Inventories.usualGates(place.store().inventory()));
  }

  @Override
  public Duration longest() {
    return LONGEST;
  }

  @Override
  public boolean takesFaults() {
    return false;
  }

  @Override
  public SpecificRecord request(Topology place, String id) {
    return Staging.upgrade(place, id).setAcceptDowntime(WITH_DOWNTIME).build();
  }

  @Override
  public Watch watch(Topology place) {
    return new OutageWatch("hop2-drain-blue", "hop2-open");
  }

  @Override
  public List<Check> requests(Ended run, LoadReport sent, Instant startedAt) {
    return run.watch() instanceof OutageWatch outage
        ? outage.requests(run.timeline().facts(), sent, startedAt)
        : StagingOnPostgres.super.requests(run, sent, startedAt);
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    return List.of(
        run.cluster().migrationsListed(),
        new AdminProbe(run.place()).check("green", run.place().to()),
        NodeProbe.serves(run.place().green(), "postgres", run.cluster().plan()));
  }
}
