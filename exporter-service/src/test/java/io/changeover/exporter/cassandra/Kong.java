package io.changeover.exporter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Consistency;
import io.changeover.inventory.CopyPolicy;
import io.changeover.inventory.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Two keyspaces laid out as Kong 2.1.4 and 2.2.2 do, as far as the tests need it: `blue` with a
/// workspace `default`, `green` as its bootstrap leaves it.
public final class Kong {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final List<String> BOTH =
      List.of(
          "schema_meta (key text, subsystem text, last_executed text, executed set<text>, pending set<text>, PRIMARY KEY (key, subsystem))",
          "locks (key text PRIMARY KEY, owner text) WITH default_time_to_live = 60",
          "cluster_events (channel text, at timestamp, node_id uuid, id uuid, data text, nbf timestamp, PRIMARY KEY (channel, at, node_id, id)) WITH default_time_to_live = 86400",
          "workspaces (id uuid PRIMARY KEY, name text, comment text, created_at timestamp, meta text, config text)",
          "services (partition text, id uuid, created_at timestamp, updated_at timestamp, name text, host text, port int, protocol text, client_certificate_id uuid, ca_certificates set<uuid>, tags set<text>, ws_id uuid, PRIMARY KEY (partition, id))",
          "certificates (partition text, id uuid, created_at timestamp, cert text, key text, tags set<text>, ws_id uuid, PRIMARY KEY (partition, id))",
          "consumers (id uuid PRIMARY KEY, created_at timestamp, username text, custom_id text, tags set<text>, ws_id uuid)",
          "keyauth_credentials (id uuid PRIMARY KEY, created_at timestamp, consumer_id uuid, key text, tags set<text>, ws_id uuid)",
          "plugins (id uuid PRIMARY KEY, created_at timestamp, name text, route_id uuid, service_id uuid, consumer_id uuid, config text, cache_key text, enabled boolean, protocols set<text>, tags set<text>, ws_id uuid)",
          "upstreams (id uuid PRIMARY KEY, created_at timestamp, name text, slots int, healthchecks text, tags set<text>, ws_id uuid)",
          "targets (id uuid PRIMARY KEY, created_at timestamp, upstream_id uuid, target text, weight int, tags set<text>, ws_id uuid)",
          "tags (tag text, entity_name text, entity_id text, other_tags set<text>, PRIMARY KEY (tag, entity_name, entity_id))",
          "sessions (id uuid PRIMARY KEY, created_at timestamp, session_id text, expires int, data text)",
          "ratelimiting_metrics (route_id uuid, service_id uuid, period_date timestamp, period text, identifier text, value counter, PRIMARY KEY ((route_id, service_id, identifier, period_date, period)))",
          "vitals_codes (id uuid PRIMARY KEY, code int)",
          "portal_files (area text, path text, version int, contents text, labels map<text, text>, PRIMARY KEY ((area), path, version)) WITH CLUSTERING ORDER BY (path DESC, version ASC)");

  private static String routes(String more) {
    return "routes (partition text, id uuid, created_at timestamp, updated_at timestamp, name text, hosts list<text>, paths list<text>, methods set<text>, sources set<text>, headers map<text, frozen<set<text>>>, service_id uuid, strip_path boolean, tags set<text>, ws_id uuid, "
        + more
        + "PRIMARY KEY (partition, id))";
  }

  private final CqlSession session = Node.session();
  private final String blue;
  private final String green;

  /// The id of blue's workspace `default`.
  public final UUID workspace = UUID.randomUUID();

  /// The id of the workspace `default` that green's bootstrap has made.
  public final UUID bootstrapped = UUID.randomUUID();

  private Kong(String blue, String green) {
    this.blue = blue;
    this.green = green;
  }

  /// Makes both keyspaces.
  public static Kong create() {
    int number = COUNT.incrementAndGet();
    Kong kong = new Kong("blue_" + number, "green_" + number);
    kong.keyspace(kong.blue, "");
    kong.keyspace(kong.green, "request_buffering boolean, ");
    kong.execute(
        "CREATE TABLE %s.clustering_data_planes (id uuid PRIMARY KEY, ip text)", kong.green);
    kong.bootstrap();
    return kong;
  }

  private void keyspace(String name, String more) {
    execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
        name);
    BOTH.forEach(table -> execute("CREATE TABLE %s." + table, name));
    execute("CREATE TABLE %s." + routes(more), name);
  }

  private void bootstrap() {
    migrations(blue, "core", Set.of("000_base", "011_212_to_213"));
    migrations(green, "core", Set.of("000_base", "011_212_to_213", "012_213_to_220"));
    workspace(blue, workspace, "default");
    workspace(green, bootstrapped, "default");
  }

  /// Empties every table of both sides and begins anew.
  public void reset() {
    empty(blue);
    empty(green);
    bootstrap();
  }

  /// Empties green's tables, as its bootstrap leaves them.
  public void emptyGreen() {
    empty(green);
    bootstrap();
  }

  private void empty(String side) {
    BOTH.forEach(table -> empty(side, table.substring(0, table.indexOf(' '))));
    empty(side, "routes");
  }

  /// To look is much cheaper than to truncate.
  private void empty(String side, String table) {
    String name = side + "." + table;
    if (session.execute("SELECT * FROM " + name + " LIMIT 1").one() != null) {
      session.execute("TRUNCATE " + name);
    }
  }

  /// Records executed migrations.
  public void migrations(String side, String subsystem, Set<String> names) {
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.schema_meta (key, subsystem, last_executed, executed) VALUES ('schema_meta', ?, ?, ?)"
                .formatted(side),
            subsystem,
            names.stream().max(String::compareTo).orElse(""),
            names));
  }

  public void workspace(String side, UUID id, String name) {
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.workspaces (id, name, created_at) VALUES (?, ?, 1600000000000)"
                .formatted(side),
            id,
            name));
  }

  private void execute(String statement, String keyspace) {
    session.execute(statement.formatted(keyspace));
  }

  /// Runs a statement in which `%s.` is blue's keyspace.
  public void blue(String statement, Object... values) {
    session.execute(SimpleStatement.newInstance(statement.formatted(blue), values));
  }

  /// Runs a statement in which `%s.` is green's keyspace.
  public void green(String statement, Object... values) {
    session.execute(SimpleStatement.newInstance(statement.formatted(green), values));
  }

  public List<Row> blueRows(String query, Object... values) {
    return session.execute(SimpleStatement.newInstance(query.formatted(blue), values)).all();
  }

  public List<Row> greenRows(String query, Object... values) {
    return session.execute(SimpleStatement.newInstance(query.formatted(green), values)).all();
  }

  public String blueName() {
    return blue;
  }

  public String greenName() {
    return green;
  }

  /// A consumer in the default workspace.
  public UUID consumer(String name, Set<String> tags) {
    UUID id = UUID.randomUUID();
    blue(
        "INSERT INTO %s.consumers (id, created_at, username, tags, ws_id) VALUES (?, 1600000000000, ?, ?, ?)",
        id, workspace + ":" + name, tags, workspace);
    for (String tag : tags) {
      tag("consumers", id, tag, tags);
    }
    return id;
  }

  public void tag(String entity, UUID id, String tag, Set<String> all) {
    blue(
        "INSERT INTO %s.tags (tag, entity_name, entity_id, other_tags) VALUES (?, ?, ?, ?)",
        tag, entity, id.toString(), all);
  }

  /// One version of a target.
  public UUID target(UUID upstream, String target, long createdAt, int weight) {
    UUID id = UUID.randomUUID();
    blue(
        "INSERT INTO %s.targets (id, created_at, upstream_id, target, weight, ws_id) VALUES (?, ?, ?, ?, ?, ?)",
        id, java.time.Instant.ofEpochMilli(createdAt), upstream, target, weight, workspace);
    return id;
  }

  public UUID upstream(String name) {
    UUID id = UUID.randomUUID();
    blue(
        "INSERT INTO %s.upstreams (id, created_at, name, slots, ws_id) VALUES (?, 1600000000000, ?, 10000, ?)",
        id, workspace + ":" + name, workspace);
    return id;
  }

  public CassandraStore blueStore() {
    return store(blue, Node.get().port());
  }

  public CassandraStore greenStore() {
    return store(green, Node.get().port());
  }

  public static CassandraStore store(String keyspace, int port) {
    return new CassandraStore(
        List.of("127.0.0.1"),
        port,
        "datacenter1",
        keyspace,
        "",
        Secret.EMPTY,
        false,
        Consistency.QUORUM);
  }

  /// The usual policy, with checkpoints in a folder.
  public static CopyPolicy policy(Path folder) {
    CopyPolicy usual = CopyPolicy.USUAL;
    return new CopyPolicy(
        usual.way(),
        usual.export(),
        usual.leave(),
        usual.include(),
        usual.weightZeroTargets(),
        Duration.ofSeconds(30),
        64,
        2,
        0,
        0,
        folder,
        folder.resolve("artifacts"),
        usual.key());
  }

  /// What a row's columns are, as text: for comparisons.
  public static Map<String, String> texts(Row row) {
    Map<String, String> texts = new java.util.TreeMap<>();
    row.getColumnDefinitions()
        .forEach(
            column ->
                texts.put(
                    column.getName().asInternal(),
                    String.valueOf(row.getObject(column.getName()))));
    return texts;
  }
}
