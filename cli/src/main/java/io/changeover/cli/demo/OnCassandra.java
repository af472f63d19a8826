package io.changeover.cli.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.seed.CassandraSeed;
import io.changeover.sandbox.seed.SeedPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A keyspace for each version on one Cassandra node.
///
/// @param port the node's
/// @param copies where a copy keeps how far it is
record OnCassandra(int port, Path copies) implements KongStore {
  static final String BLUE = "kong";
  static final String GREEN = "kong_22";

  @Override
  public Map<String, String> environment(User user) {
    return Map.of(
        "KONG_DATABASE",
        "cassandra",
        "KONG_CASSANDRA_CONTACT_POINTS",
        "127.0.0.1",
        "KONG_CASSANDRA_PORT",
        Integer.toString(port),
        "KONG_CASSANDRA_KEYSPACE",
        user == User.GREEN ? GREEN : BLUE);
  }

  @Override
  public Map<String, String> inventoryEnvironment(User user) {
    return new TreeMap<>(environment(user));
  }

  @Override
  public Inventory inventory() {
    return new Inventory(
        List.of(
            "procedure: keyspace-copy",
            "datastore: {cassandra: {contactPoints: [127.0.0.1], port: %d, localDatacenter: datacenter1, keyspace: %s, green: {keyspace: %s}, copy: {leave: [ee_widgets], folder: \"%s\"}}}"
                .formatted(port, BLUE, GREEN, copies)),
        List.of("gates: [{name: confirm, before: drain-blue, deadline: 10m}]"));
  }

  @Override
  public void create() {
    // Kong makes its keyspace itself.
  }

  @Override
  public void seed(SeedPlan plan, String version) {
    Profile profile = Profile.of(version);
    KongSettings settings = KongSettings.resolve(profile, null, environment(User.MAKER), Map.of());
    try (CqlSession session = session()) {
      CassandraSeed.seed(session, settings, profile, plan, Instant.now());
    }
  }

  @Override
  public Digests digests() {
    return () -> {
      try (CqlSession session = session()) {
        return new KeyspaceRows(session).digests(BLUE);
      }
    };
  }

  CqlSession session() {
    return EmbeddedCassandra.sessionOn(port);
  }
}
