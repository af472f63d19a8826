package io.changeover.sandbox.seed;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A keyspace of Kong 2.1 with everything in it that a copy can get wrong, on top of what a
/// [SeedPlan] says: further workspaces, rows that end by themselves, JSON with its keys in odd
/// orders, empty collections, other scripts, a certificate chain of 1 MB, rows that lead nowhere,
/// counters, and tables that Kong does not know.
///
/// None of it changes what the plan's calls are answered.
public final class CassandraSeed {
  /// A name that two workspaces may have, so that their rows differ only in what stands before it.
  public static final String SHARED_NAME = "shared-name";

  /// The size of the certificate chain, in characters.
  public static final int CHAIN = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int EXPIRING = 20;
  private static final int LONG = 86_400;

  /// What was made beside the plan's rows.
  ///
  /// @param workspaces all of them, `default` included
  /// @param ttlRows rows that end by themselves, none of them within ten minutes
  /// @param orphans rows that lead to a parent that is not there
  public record Made(int workspaces, int ttlRows, int orphans) {}

  private final CqlSession session;
  private final String keyspace;
  private final Instant now;
  private final UUID home;
  private int ttlRows;
  private int orphans;

  private CassandraSeed(CqlSession session, String keyspace, Instant now, UUID home) {
    this.session = session;
    this.keyspace = keyspace;
    this.now = now;
    this.home = home;
  }

  /// Writes everything.
  ///
  /// @param settings of a keyspace that 2.1.4 has bootstrapped and that holds no configuration yet
  /// @param session on the same cluster
  /// @param now the `created_at` of most rows
  public static Made seed(
      CqlSession session, KongSettings settings, Profile profile, SeedPlan plan, Instant now) {
    CassandraSeed seed = planned(session, settings, profile, plan, now);
    seed.workspace("team-a", "{\"z\":1,\"a\":{\"y\":[3,1,2],\"b\":null}}");
    seed.workspace("team-ü", "{ \"portal\" : false,\n  \"meta\":{} }");
    seed.expiring(plan);
    seed.oddRows(plan);
    seed.chain();
    seed.leadingNowhere();
    seed.counters();
    foreignTables(session, seed.keyspace);
    return new Made(3, seed.ttlRows, seed.orphans);
  }

  /// The same without what Kong's own import stops at: names that two workspaces have, rows that
  /// lead nowhere, and certificates that are none.
  public static Made sound(
      CqlSession session, KongSettings settings, Profile profile, SeedPlan plan, Instant now) {
    CassandraSeed seed = planned(session, settings, profile, plan, now);
    seed.expiring(plan);
    seed.oddRows(plan);
    seed.counters();
    foreignTables(session, seed.keyspace);
    return new Made(1, seed.ttlRows, 0);
  }

  private static CassandraSeed planned(
      CqlSession session, KongSettings settings, Profile profile, SeedPlan plan, Instant now) {
    String workspace;
    try (Store store = Store.open(profile, settings, LIMIT)) {
      Seeder.seed(store, profile, plan, now);
      workspace = store.entities().defaultWorkspace();
    }
    return new CassandraSeed(
        session, settings.get("cassandra_keyspace"), now, UUID.fromString(workspace));
  }

  /// Makes and fills tables that open-source Kong does not know, with every kind of column.
  public static void foreignTables(CqlSession session, String keyspace) {
    defineForeignTables(session, keyspace);
    for (int n = 0; n < 50; n++) {
      session.execute(
          SimpleStatement.newInstance(
              "INSERT INTO %s.ee_widgets (owner, seq, label, amount, ratio, data, address, day, at, flags, weights, pair, shared) VALUES (?, ?, 'w-%d', 1.10, 0.1, 0x00ff, '127.0.0.1', '2026-01-0%d', '10:11:12.000000013', {true, false}, {'b': [3, 1], 'a': [2]}, (1, 'x'), 's')"
                  .formatted(keyspace, n, 1 + n % 9),
              "owner-" + n % 5,
              n));
      session.execute(
          "INSERT INTO %s.audit_requests (request_id, path) VALUES ('r-%d', '/services')"
              .formatted(keyspace, n));
      session.execute(
          "INSERT INTO %s.vitals_stats_seconds (node_id, at, l2_hit) VALUES (uuid(), %d, 1)"
              .formatted(keyspace, n));
    }
  }

  /// The tables of [#foreignTables] alone, as a target has them whose version knows them.
  public static void defineForeignTables(CqlSession session, String keyspace) {
    for (String table :
        List.of(
            "ee_widgets (owner text, seq int, shared text static, label text, amount decimal, ratio double, data blob, address inet, day date, at time, flags set<boolean>, weights map<text, frozen<list<int>>>, pair tuple<int, text>, PRIMARY KEY ((owner), seq)) WITH CLUSTERING ORDER BY (seq DESC)",
            "audit_requests (request_id text PRIMARY KEY, path text)",
            "vitals_stats_seconds (node_id uuid, at int, l2_hit int, PRIMARY KEY (node_id, at))")) {
      session.execute("CREATE TABLE IF NOT EXISTS %s.%s".formatted(keyspace, table));
    }
  }

  /// Keys that end within seconds, so that a copy may pass them over.
  ///
  /// @param seconds how long they last from now
  public static void shortLived(CqlSession session, String keyspace, int rows, int seconds) {
    for (int n = 0; n < rows; n++) {
      session.execute(
          "INSERT INTO %s.keyauth_credentials (id, key, created_at) VALUES (uuid(), 'soon-%d', toTimestamp(now())) USING TTL %d"
              .formatted(keyspace, n, seconds));
    }
  }

  /// Harm as real keyspaces have it: one name twice in a workspace, a cache key of another
  /// workspace, a tag of nobody.
  public static void harm(CqlSession session, String keyspace) {
    CassandraSeed seed =
        new CassandraSeed(
            session,
            keyspace,
            Instant.now(),
            java.util.Objects.requireNonNull(
                java.util.Objects.requireNonNull(
                        session
                            .execute(
                                "SELECT id FROM %s.workspaces WHERE name = 'default'"
                                    .formatted(keyspace))
                            .one())
                    .getUuid(0)));
    for (String twin : List.of("twin-1", "twin-2")) {
      seed.put("consumers", Map.of("id", seed.id(twin), "username", seed.home + ":twin"), 0);
    }
    seed.put(
        "plugins",
        Map.of(
            "id",
            seed.id("stray"),
            "name",
            "cors",
            "config",
            "{}",
            "enabled",
            true,
            "cache_key",
            "plugins:cors:::::" + new UUID(0, 9)),
        0);
    seed.put(
        "tags",
        Map.of(
            "tag",
            "nobody",
            "entity_name",
            "services",
            "entity_id",
            seed.id("gone").toString(),
            "other_tags",
            List.of("nobody")),
        0);
  }

  /// A workspace with entities whose names others have too.
  private void workspace(String name, String config) {
    UUID id = id(name);
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.workspaces (id, name, comment, created_at, config, meta) VALUES (?, ?, 'Ünïcödé ✓', ?, ?, ?)"
                .formatted(keyspace),
            id,
            name,
            now,
            config,
            "{}"));
    UUID service = id(name + "/service");
    Map<String, Object> row = row(id, service);
    row.put("partition", "services");
    row.putAll(Map.of("name", id + ":" + SHARED_NAME, "host", "127.0.0.1", "port", 9));
    row.putAll(
        Map.of("protocol", "http", "connect_timeout", 60000, "read_timeout", 60000, "retries", 5));
    put("services", row, 0);
    Map<String, Object> route = row(id, id(name + "/route"));
    route.put("partition", "routes");
    route.putAll(
        Map.of(
            "name",
            id + ":" + SHARED_NAME,
            "hosts",
            List.of(name.replace('ü', 'u') + ".example.com"),
            "service_id",
            service,
            "headers",
            Map.of("x-b", List.of("2", "1"), "x-a", List.of("z")),
            "protocols",
            List.of("https", "http")));
    put("routes", route, 0);
    for (int n = 0; n < 3; n++) {
      UUID consumer = id(name + "/consumer/" + n);
      Map<String, Object> user = row(id, consumer);
      user.put("username", id + ":consumer-%04d".formatted(n));
      put("consumers", user, 0);
      Map<String, Object> key = row(id, id(name + "/key/" + n));
      key.putAll(Map.of("key", id + ":" + name + "-key-" + n, "consumer_id", consumer));
      put("keyauth_credentials", key, 0);
    }
  }

  /// Credentials, tokens and sessions that end by themselves; half of them as Kong's upsert leaves
  /// them, which is an UPDATE without a row marker.
  private void expiring(SeedPlan plan) {
    for (int n = 0; n < EXPIRING; n++) {
      Map<String, Object> key = row(home, id("expiring/" + n));
      key.putAll(Map.of("key", home + ":expiring-" + n, "consumer_id", plan.id("consumer", n)));
      put("keyauth_credentials", key, LONG - 60 * n);
      session.execute(
          SimpleStatement.newInstance(
              "UPDATE %s.oauth2_tokens USING TTL %d SET access_token = ?, refresh_token = ?, token_type = 'bearer', expires_in = 7200, created_at = ?, ws_id = ? WHERE id = ?"
                  .formatted(keyspace, LONG / 2 + n),
              home + ":at-" + n,
              home + ":rt-" + n,
              now,
              home,
              id("token/" + n)));
      Map<String, Object> signedIn = new LinkedHashMap<>();
      signedIn.putAll(
          Map.of("id", id("session/" + n), "session_id", "sid-" + n, "data", "…", "expires", n));
      put("sessions", signedIn, 3600);
      ttlRows += 3;
    }
    put(
        "acme_storage",
        Map.of("id", id("acme"), "key", "kong_acme:x", "value", "{\"b\":1,\"a\":2}"),
        0);
  }

  private void oddRows(SeedPlan plan) {
    session.execute(
        SimpleStatement.newInstance(
            "UPDATE %s.plugins SET config = ? WHERE id = ?".formatted(keyspace),
            "{\"policy\":\"local\",  \"minute\":1000000000,\"limit_by\":\"consumer\",\"fault_tolerant\":true,\"hide_client_headers\":false}",
            plan.id("rate-limiting", 0)));
    Map<String, Object> consumer = row(home, id("unicode"));
    consumer.putAll(
        Map.of(
            "username",
            home + ":Åse–日本語-🦍",
            "custom_id",
            home + ":ﬁ\u0301-\u202eabc",
            "tags",
            List.of("größe", "日本")));
    put("consumers", consumer, 0);
    for (String tag : List.of("größe", "日本")) {
      put(
          "tags",
          Map.of(
              "tag",
              tag,
              "entity_name",
              "consumers",
              "entity_id",
              id("unicode").toString(),
              "other_tags",
              List.of("größe", "日本")),
          0);
    }
    Map<String, Object> empty = row(home, id("empty"));
    empty.putAll(
        Map.of("partition", "routes", "hosts", List.of("empty.example.com"), "paths", List.of()));
    empty.putAll(Map.of("tags", List.of(), "headers", Map.of(), "name", home + ":empty"));
    put("routes", empty, 0);
    session.execute(
        SimpleStatement.newInstance(
            "INSERT INTO %s.upstreams (id, name, slots, healthchecks, ws_id, created_at) VALUES (?, ?, 100, ?, ?, ?)"
                .formatted(keyspace),
            id("odd-upstream"),
            home + ":odd-upstream",
            "{\"passive\":{\"type\":\"http\"},\"active\":{\"timeout\":1,\"concurrency\":10,\"type\":\"http\"},\"threshold\":0}",
            home,
            now));
  }

  private void chain() {
    Map<String, Object> row = row(home, id("chain"));
    String link =
        "-----BEGIN CERTIFICATE-----\n" + "Y2hhaW4K".repeat(200) + "\n-----END CERTIFICATE-----\n";
    row.putAll(
        Map.of(
            "partition",
            "certificates",
            "cert",
            link.repeat(CHAIN / link.length() + 1).substring(0, CHAIN),
            "key",
            "made up"));
    put("certificates", row, 0);
    Map<String, Object> sni = row(home, id("sni"));
    sni.putAll(
        Map.of("partition", "snis", "name", "chain.example.com", "certificate_id", id("chain")));
    put("snis", sni, 0);
  }

  private void leadingNowhere() {
    UUID nobody = id("nobody");
    Map<String, Object> key = row(home, id("orphan/key"));
    key.putAll(Map.of("key", home + ":orphan", "consumer_id", nobody));
    put("keyauth_credentials", key, 0);
    Map<String, Object> plugin = row(home, id("orphan/plugin"));
    plugin.putAll(
        Map.of(
            "name",
            "cors",
            "config",
            "{}",
            "enabled",
            true,
            "service_id",
            nobody,
            "cache_key",
            "plugins:cors::" + nobody + ":::" + home));
    put("plugins", plugin, 0);
    Map<String, Object> target = row(home, id("orphan/target"));
    target.putAll(Map.of("target", "127.0.0.3:9", "weight", 1, "upstream_id", nobody));
    put("targets", target, 0);
    orphans = 3;
  }

  private void counters() {
    session.execute(
        "UPDATE %s.ratelimiting_metrics SET value = value + 7 WHERE route_id = %s AND service_id = %s AND identifier = 'x' AND period_date = 0 AND period = 'year'"
            .formatted(keyspace, new UUID(0, 0), new UUID(0, 0)));
  }

  private Map<String, Object> row(UUID workspace, UUID id) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("ws_id", workspace);
    row.put("created_at", now.toEpochMilli());
    return row;
  }

  private UUID id(String name) {
    return UUID.nameUUIDFromBytes(("hard/" + name).getBytes(StandardCharsets.UTF_8));
  }

  private void put(String table, Map<String, ? extends @Nullable Object> columns, int ttl) {
    try {
      session.execute(
          SimpleStatement.newInstance(
              "INSERT INTO %s.%s JSON ? DEFAULT UNSET%s"
                  .formatted(keyspace, table, ttl == 0 ? "" : " USING TTL " + ttl),
              JSON.writeValueAsString(columns)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a row of " + table + " as JSON", e);
    }
  }
}
