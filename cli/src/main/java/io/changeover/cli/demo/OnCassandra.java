package io.changeover.cli.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.seed.CassandraSeed;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A keyspace for each version on one Cassandra node.
///
/// @param port the node's
/// @param way how green's is filled
/// @param copies where a copy keeps how far it is, and what an export writes
/// @param key file with the key of dumps
record OnCassandra(int port, CopyWay way, Path copies, Path key) implements KongStore {
  static final String BLUE = "kong";
  static final String GREEN = "kong_22";

  private static final int KEY_BYTES = 32;

  /// Writes a key where the way needs one.
  static OnCassandra choose(int port, CopyWay way, Path folder) {
    Path key = folder.resolve("dump.key");
    if (way == CopyWay.DUMP) {
      byte[] bytes = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(bytes);
      try {
        Files.writeString(
            Files.createFile(
                key,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
            Base64.getEncoder().encodeToString(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new OnCassandra(port, way, folder.resolve("copies"), key);
  }

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
            "datastore: {cassandra: {contactPoints: [127.0.0.1], port: %d, localDatacenter: datacenter1, keyspace: %s, green: {keyspace: %s}, copy: {leave: [ee_widgets], folder: \"%s\"%s}}}"
                .formatted(port, BLUE, GREEN, copies, settings())),
        List.of("gates: [{name: confirm, before: drain-blue, deadline: 10m}]"));
  }

  /// The same where both versions share blue's keyspace, which is saved before anything changes.
  Inventory shared(Path backups) {
    return new Inventory(
        List.of(
            "procedure: shared-datastore",
            "datastore: {cassandra: {contactPoints: [127.0.0.1], port: %d, localDatacenter: datacenter1, keyspace: %s, sameKeyspace: true, copy: {leave: [ee_widgets], folder: \"%s\"%s}}}"
                .formatted(port, BLUE, copies, settings())),
        List.of("backup: copy", "backupDir: \"%s\"".formatted(backups)));
  }

  private String settings() {
    return switch (way) {
      case COPY -> "";
      case DUMP -> ", way: dump, key: \"${file:%s}\"".formatted(key);
      case KONG_YML -> ", way: kong-yml";
    };
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
      switch (way) {
        case COPY, DUMP -> CassandraSeed.seed(session, settings, profile, plan, Instant.now());
        case KONG_YML -> CassandraSeed.sound(session, settings, profile, plan, Instant.now());
      }
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
