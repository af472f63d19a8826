package io.changeover.exporter.kongyml;

import static io.changeover.exporter.kongyml.Field.reference;
import static io.changeover.exporter.kongyml.Field.unique;

import io.changeover.exporter.kongyml.Field.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `kong config db_export` of 2.1.4 and 2.2.2 writes, and what of it the file of this suite
/// leaves out. Source: the suite's notes on Kong (facts 1.7 and 3) and its observed exports.
///
/// Tokens, authorization codes, sessions and ACME storage stand in Kong's own export. They are no
/// configuration and end by themselves, which a file can't carry: they are not in ours.
public final class KongEntities {

  /// What leads to which entity, by the field's name.
  public static final Map<String, String> REFERENCES =
      Map.of(
          "service", "services",
          "route", "routes",
          "consumer", "consumers",
          "upstream", "upstreams",
          "certificate", "certificates",
          "client_certificate", "certificates");

  /// Columns that Kong derives itself.
  public static final Set<String> DERIVED = Set.of("cache_key", "partition", "ws_id");

  /// Tables that hold no configuration and count or end by themselves, in Kong's own export too.
  public static final Set<String> COUNTERS =
      Set.of("ratelimiting_metrics", "response_ratelimiting_metrics");

  /// Tables that no export carries and nobody misses: each store keeps its own, or they follow from
  /// the entities.
  public static final Set<String> HOUSEKEEPING =
      Set.of(
          "workspaces",
          "tags",
          "schema_meta",
          "schema_migrations",
          "locks",
          "cluster_events",
          "cluster_ca",
          "clustering_data_planes",
          "ttls",
          "apis");

  /// Parents before children, as the import needs them.
  public static final List<Entity> ALL =
      List.of(
          Entity.of("certificates", Field.of("cert", Kind.TEXT), Field.of("key", Kind.TEXT)),
          Entity.of("ca_certificates", Field.of("cert", Kind.TEXT), unique("cert_digest")),
          Entity.of("consumers", unique("username"), unique("custom_id")),
          services(),
          upstreams(),
          routes(),
          Entity.of("snis", unique("name"), reference("certificate")),
          new Entity(
              "targets",
              List.of(
                  Field.of("id", Kind.UUID),
                  Field.of("created_at", Kind.MILLISECONDS),
                  Field.of("tags", Kind.LIST),
                  Field.of("target", Kind.TEXT),
                  Field.of("weight", Kind.NUMBER),
                  reference("upstream")),
              List.of("upstream", "target")),
          Entity.once(
              "plugins",
              List.of("name", "route", "service", "consumer"),
              Field.of("name", Kind.TEXT),
              reference("route"),
              reference("service"),
              reference("consumer"),
              Field.of("config", Kind.JSON),
              Field.of("enabled", Kind.BOOLEAN),
              Field.of("protocols", Kind.LIST)),
          Entity.once(
              "acls",
              List.of("consumer", "group"),
              reference("consumer"),
              Field.of("group", Kind.TEXT)),
          Entity.of(
              "basicauth_credentials",
              reference("consumer"),
              unique("username"),
              Field.of("password", Kind.TEXT)),
          Entity.of(
              "hmacauth_credentials",
              reference("consumer"),
              unique("username"),
              Field.of("secret", Kind.TEXT)),
          Entity.of(
              "jwt_secrets",
              reference("consumer"),
              unique("key"),
              Field.of("secret", Kind.TEXT),
              Field.of("algorithm", Kind.TEXT),
              Field.of("rsa_public_key", Kind.TEXT)),
          Entity.of(
              "keyauth_credentials",
              reference("consumer"),
              unique("key"),
              Field.of("ttl", Kind.TTL)),
          Entity.of(
              "oauth2_credentials",
              reference("consumer"),
              Field.of("name", Kind.TEXT),
              unique("client_id"),
              Field.of("client_secret", Kind.TEXT),
              Field.of("redirect_uris", Kind.LIST),
              Field.of("client_type", Kind.TEXT),
              Field.of("hash_secret", Kind.BOOLEAN)));

  private KongEntities() {}

  private static Entity services() {
    return Entity.of(
        "services",
        Field.of("updated_at", Kind.SECONDS),
        unique("name"),
        Field.of("retries", Kind.NUMBER),
        Field.of("protocol", Kind.TEXT),
        Field.of("host", Kind.TEXT),
        Field.of("port", Kind.NUMBER),
        Field.of("path", Kind.TEXT),
        Field.of("connect_timeout", Kind.NUMBER),
        Field.of("write_timeout", Kind.NUMBER),
        Field.of("read_timeout", Kind.NUMBER),
        reference("client_certificate"),
        Field.of("tls_verify", Kind.BOOLEAN),
        Field.of("tls_verify_depth", Kind.NUMBER),
        Field.of("ca_certificates", Kind.LIST));
  }

  private static Entity upstreams() {
    return Entity.of(
        "upstreams",
        unique("name"),
        Field.of("algorithm", Kind.TEXT),
        Field.of("hash_on", Kind.TEXT),
        Field.of("hash_fallback", Kind.TEXT),
        Field.of("hash_on_header", Kind.TEXT),
        Field.of("hash_fallback_header", Kind.TEXT),
        Field.of("hash_on_cookie", Kind.TEXT),
        Field.of("hash_on_cookie_path", Kind.TEXT),
        Field.of("slots", Kind.NUMBER),
        Field.of("healthchecks", Kind.JSON),
        Field.of("host_header", Kind.TEXT),
        reference("client_certificate"));
  }

  private static Entity routes() {
    return Entity.of(
        "routes",
        Field.of("updated_at", Kind.SECONDS),
        unique("name"),
        reference("service"),
        Field.of("protocols", Kind.LIST),
        Field.of("methods", Kind.LIST),
        Field.of("hosts", Kind.LIST),
        Field.of("paths", Kind.LIST),
        Field.of("snis", Kind.LIST),
        Field.of("sources", Kind.JSON_LIST),
        Field.of("destinations", Kind.JSON_LIST),
        Field.of("headers", Kind.JSON),
        Field.of("regex_priority", Kind.NUMBER),
        Field.of("strip_path", Kind.BOOLEAN),
        Field.of("preserve_host", Kind.BOOLEAN),
        Field.of("https_redirect_status_code", Kind.NUMBER),
        Field.of("path_handling", Kind.TEXT),
        Field.of("request_buffering", Kind.BOOLEAN),
        Field.of("response_buffering", Kind.BOOLEAN));
  }

  /// The entity of that name.
  public static Optional<Entity> named(String table) {
    return ALL.stream().filter(entity -> entity.name().equals(table)).findFirst();
  }

  /// Whether values of the field are unique in all workspaces together, and so stand in Cassandra
  /// without a workspace before them.
  public static boolean isGlobal(String table, String field) {
    return (table.equals("snis") && field.equals("name"))
        || (table.equals("ca_certificates") && field.equals("cert_digest"));
  }
}
