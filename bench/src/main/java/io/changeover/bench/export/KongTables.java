package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The tables of Kong that grow, with its indexes, and rows for them: of four rows one consumer,
/// one key and two groups.
final class KongTables {

  static final List<String> NAMES =
      List.of("workspaces", "consumers", "keyauth_credentials", "acls");

  private static final List<String> TABLES =
      List.of(
          "schema_meta (key text, subsystem text, last_executed text, executed set<text>, pending set<text>, PRIMARY KEY (key, subsystem))",
          "workspaces (id uuid PRIMARY KEY, name text, comment text, created_at timestamp, meta text, config text)",
          "consumers (id uuid PRIMARY KEY, created_at timestamp, custom_id text, username text, ws_id uuid, tags set<text>)",
          "keyauth_credentials (id uuid PRIMARY KEY, consumer_id uuid, created_at timestamp, key text, ws_id uuid, tags set<text>)",
          "acls (id uuid PRIMARY KEY, cache_key text, consumer_id uuid, created_at timestamp, \"group\" text, ws_id uuid, tags set<text>)");

  private static final List<String> INDEXES =
      List.of(
          "consumers (custom_id)",
          "consumers (username)",
          "consumers (ws_id)",
          "keyauth_credentials (consumer_id)",
          "keyauth_credentials (key)",
          "keyauth_credentials (ws_id)",
          "acls (cache_key)",
          "acls (consumer_id)",
          "acls (\"group\")",
          "acls (ws_id)");

  private KongTables() {}

  /// Makes a keyspace as Kong's bootstrap does.
  static void create(CqlSession session, String keyspace) {
    session.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(keyspace));
    TABLES.forEach(table -> session.execute("CREATE TABLE " + keyspace + "." + table));
    INDEXES.forEach(index -> session.execute("CREATE INDEX ON " + keyspace + "." + index));
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.schema_meta (key, subsystem, executed) VALUES ('schema_meta', 'core', ?)"
                .formatted(keyspace),
            Set.of("000_base")));
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.workspaces (id, name) VALUES (?, 'default')".formatted(keyspace),
            UUID.randomUUID()));
  }

  /// Fills a keyspace.
  ///
  /// @param rows about how many
  static void fill(CqlSession session, String keyspace, int rows) throws InterruptedException {
    UUID workspace =
        java.util.Objects.requireNonNull(
            session.execute("SELECT id FROM " + keyspace + ".workspaces").one().getUuid(0));
    PreparedStatement consumer =
        session.prepare(
            "INSERT INTO %s.consumers (id, created_at, username, ws_id) VALUES (?, ?, ?, ?)"
                .formatted(keyspace));
    PreparedStatement key =
        session.prepare(
            "INSERT INTO %s.keyauth_credentials (id, consumer_id, created_at, key, ws_id) VALUES (?, ?, ?, ?, ?)"
                .formatted(keyspace));
    PreparedStatement group =
        session.prepare(
            "INSERT INTO %s.acls (id, consumer_id, created_at, \"group\", cache_key, ws_id) VALUES (?, ?, ?, ?, ?, ?)"
                .formatted(keyspace));
    Instant created = Instant.ofEpochSecond(1_600_000_000);
    InFlight flight = new InFlight(session, 256);
    for (int i = 0; i < rows / 4; i++) {
      UUID id = UUID.randomUUID();
      flight.send(consumer.bind(id, created, workspace + ":consumer-" + i, workspace));
      flight.send(
          key.bind(UUID.randomUUID(), id, created, workspace + ":" + UUID.randomUUID(), workspace));
      for (int g = 0; g < 2; g++) {
        String name = "group-" + (i + g) % 1_000;
        flight.send(acl(group, id, created, name, workspace));
      }
    }
    flight.await();
  }

  private static BoundStatement acl(
      PreparedStatement group, UUID consumer, Instant created, String name, UUID workspace) {
    return group.bind(
        UUID.randomUUID(),
        consumer,
        created,
        name,
        "acls:%s:%s::::%s".formatted(consumer, name, workspace),
        workspace);
  }
}
