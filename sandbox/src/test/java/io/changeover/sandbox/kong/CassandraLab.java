package io.changeover.sandbox.kong;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A Cassandra node that all tests of a class share, with keyspaces in any state, and commands run
/// against them in this process.
final class CassandraLab implements AutoCloseable {
  private final EmbeddedCassandra cassandra;
  private final CqlSession session;
  private final Path dir;
  private final Map<String, String> shared = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  private CassandraLab(EmbeddedCassandra cassandra, Path dir) {
    this.cassandra = cassandra;
    this.session = cassandra.connect();
    this.dir = dir;
  }

  static CassandraLab open(Path dir) {
    return new CassandraLab(EmbeddedCassandra.startForOneRun(dir.resolve("cassandra")), dir);
  }

  /// A keyspace's name that is not in use.
  String keyspace() {
    return "ks" + count.incrementAndGet();
  }

  /// A keyspace that this version has bootstrapped and that tests may share.
  String bootstrapped(String version) {
    return shared.computeIfAbsent(
        version,
        any -> {
          String name = keyspace();
          kong(version, name, "migrations", "bootstrap");
          return name;
        });
  }

  /// Runs a command, which must exit with 0.
  KongLab.Said kong(String version, String keyspace, String... command) {
    KongLab.Said said =
        KongLab.run(version, List.of(command), environment(keyspace, dir.resolve("none")));
    if (said.exit() != 0) {
      throw new AssertionError(said.toString());
    }
    return said;
  }

  /// The settings of a command on that keyspace.
  Map<String, String> environment(String keyspace, Path prefix) {
    Map<String, String> env = new HashMap<>();
    env.put("KONG_DATABASE", "cassandra");
    env.put("KONG_CASSANDRA_CONTACT_POINTS", "127.0.0.1");
    env.put("KONG_CASSANDRA_PORT", Integer.toString(cassandra.port()));
    env.put("KONG_CASSANDRA_KEYSPACE", keyspace);
    env.put("KONG_PREFIX", prefix.toString());
    for (String listen : List.of("KONG_PROXY_LISTEN", "KONG_ADMIN_LISTEN", "KONG_STATUS_LISTEN")) {
      env.put(listen, "127.0.0.1:" + FreePorts.next());
    }
    return env;
  }

  /// The keyspace that the rows of a table name `given`; a new one, that is not there, for `none`.
  String given(String given, String version) {
    return given.equals("none") ? keyspace() : given + "_" + version.replace('.', '_');
  }

  Path prefix() {
    return dir.resolve("prefix" + count.incrementAndGet());
  }

  CqlSession session() {
    return session;
  }

  /// The first column of every row, as text.
  List<String> query(String cql) {
    List<String> found = new ArrayList<>();
    for (Row row : session.execute(cql)) {
      found.add(String.valueOf(row.getObject(0)));
    }
    return found;
  }

  @Override
  public void close() {
    session.close();
    cassandra.close();
  }
}
