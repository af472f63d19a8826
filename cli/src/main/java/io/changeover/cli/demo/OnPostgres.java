package io.changeover.cli.demo;

import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.seed.SeedPlan;
import io.changeover.sandbox.seed.Seeder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One PostgreSQL database for both versions.
///
/// @param port the server's
/// @param backups where the upgrade's backup goes
/// @param more lines of the cluster in the inventory
/// @param plugins what each user's `KONG_PLUGINS` names, where it is not Kong's own default
record OnPostgres(int port, Path backups, List<String> more, Map<User, String> plugins)
    implements KongStore {
  private static final Duration SEEDING = Duration.ofSeconds(60);

  OnPostgres(int port, Path backups) {
    this(port, backups, List.of());
  }

  OnPostgres(int port, Path backups, List<String> more) {
    this(port, backups, more, Map.of());
  }

  @Override
  public Map<String, String> environment(User user) {
    Map<String, String> environment =
        new TreeMap<>(
            Map.of(
                "KONG_DATABASE",
                "postgres",
                "KONG_PG_HOST",
                "127.0.0.1",
                "KONG_PG_PORT",
                Integer.toString(port),
                "KONG_PG_DATABASE",
                Topology.DATABASE,
                "KONG_PG_USER",
                user == User.BLUE ? Topology.BLUE_ROLE : Topology.ROLE,
                "KONG_PG_PASSWORD",
                Topology.PASSWORD));
    Optional.ofNullable(plugins.get(user))
        .ifPresent(names -> environment.put("KONG_PLUGINS", names));
    return environment;
  }

  @Override
  public Map<String, String> inventoryEnvironment(User user) {
    Map<String, String> environment = new TreeMap<>(environment(user));
    environment.put("KONG_PG_PASSWORD", "${env:KONG_PG_PASSWORD}");
    return environment;
  }

  @Override
  public Inventory inventory() {
    return new Inventory(
        lines(
            "procedure: shared-datastore",
            "datastore: {postgres: {host: 127.0.0.1, port: %d, database: %s, schema: public, user: %s, password: \"${env:KONG_PG_PASSWORD}\"}}"
                .formatted(port, Topology.DATABASE, Topology.ROLE),
            "fence: {blueRole: %s}".formatted(Topology.BLUE_ROLE)),
        List.of(
            "backup: copy",
            "backupDir: \"%s\"".formatted(backups),
            "gates: [{name: confirm, before: migrate-finish, deadline: 10m}]"));
  }

  private List<String> lines(String... usual) {
    return Stream.concat(Stream.of(usual), more.stream()).toList();
  }

  @Override
  public void create() {
    new KongDatabase(port).create();
  }

  @Override
  public void seed(SeedPlan plan, String version) {
    Profile profile = Profile.of(version);
    KongSettings settings = KongSettings.resolve(profile, null, environment(User.MAKER), Map.of());
    try (Store store = Store.open(profile, settings, SEEDING)) {
      Seeder.seed(store, profile, plan, Instant.now());
    }
  }

  @Override
  public Digests digests() {
    KongDatabase database = new KongDatabase(port);
    KongDatabase.Shape shape = database.shape();
    return () -> database.digest(shape);
  }
}
