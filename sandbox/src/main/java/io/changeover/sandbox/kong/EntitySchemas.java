package io.changeover.sandbox.kong;

import static io.changeover.sandbox.kong.Field.flag;
import static io.changeover.sandbox.kong.Field.foreign;
import static io.changeover.sandbox.kong.Field.integer;
import static io.changeover.sandbox.kong.Field.text;
import static io.changeover.sandbox.kong.Field.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The entities of Kong 2.1 and 2.2: fields, defaults and what is checked. Older versions have
/// those of 2.1 without what later migrations brought.
final class EntitySchemas {
  private static final String HEALTHCHECKS =
      """
      {"threshold":0,
       "active":{"type":"http","timeout":1,"concurrency":10,"http_path":"/","https_sni":null,"https_verify_certificate":true,
         "healthy":{"interval":0,"successes":0,"http_statuses":[200,302]},
         "unhealthy":{"interval":0,"http_failures":0,"tcp_failures":0,"timeouts":0,"http_statuses":[429,404,500,501,502,503,504,505]}},
       "passive":{"type":"http",
         "healthy":{"successes":0,"http_statuses":[200,201,202,203,204,205,206,207,208,226,300,301,302,303,304,305,306,307,308]},
         "unhealthy":{"http_failures":0,"tcp_failures":0,"timeouts":0,"http_statuses":[429,500,503]}}}
      """;

  /// The core migration with which an entity or a field came; one of a plugin came with the core
  /// migration of the same version.
  private static final Map<String, String> SINCE =
      Map.ofEntries(
          Map.entry("ca_certificates", "005_120_to_130"),
          Map.entry("ca_certificates.cert_digest", "009_200_to_210"),
          Map.entry("*.tags", "003_100_to_110"),
          Map.entry("credential.tags", "006_130_to_140"),
          Map.entry("keyauth_credentials.ttl", "006_130_to_140"),
          Map.entry("oauth2_credentials.hash_secret", "009_200_to_210"),
          Map.entry("oauth2_credentials.client_type", "009_200_to_210"),
          Map.entry("plugins.protocols", "003_100_to_110"),
          Map.entry("routes.headers", "005_120_to_130"),
          Map.entry("routes.https_redirect_status_code", "004_110_to_120"),
          Map.entry("routes.path_handling", "007_140_to_150"),
          Map.entry("services.client_certificate", "005_120_to_130"),
          Map.entry("services.tls_verify", "009_200_to_210"),
          Map.entry("services.tls_verify_depth", "009_200_to_210"),
          Map.entry("services.ca_certificates", "009_200_to_210"),
          Map.entry("upstreams.algorithm", "005_120_to_130"),
          Map.entry("upstreams.host_header", "006_130_to_140"),
          Map.entry("upstreams.client_certificate", "009_200_to_210"));

  private static final Map<String, List<EntitySchema>> BY_VERSION = new ConcurrentHashMap<>();

  private EntitySchemas() {}

  static List<EntitySchema> of(Profile profile) {
    return BY_VERSION.computeIfAbsent(profile.version(), version -> build(profile));
  }

  private static List<EntitySchema> build(Profile profile) {
    List<EntitySchema> all = new ArrayList<>(gateway(profile));
    all.addAll(credentials(profile));
    return all.stream()
        .filter(schema -> isThere(profile, schema.name()))
        .map(schema -> ofAge(profile, schema))
        .toList();
  }

  private static boolean isThere(Profile profile, String entityOrField) {
    String since = SINCE.get(entityOrField);
    return since == null || profile.has(since);
  }

  private static EntitySchema ofAge(Profile profile, EntitySchema schema) {
    boolean credential = !schema.subsystem().equals("core");
    List<Field> fields =
        schema.fields().stream()
            .filter(field -> isThere(profile, schema.name() + "." + field.name()))
            .filter(field -> isThere(profile, (credential ? "credential." : "*.") + field.name()))
            .toList();
    return new EntitySchema(
        profile,
        schema.name(),
        fields,
        schema.workspaced() && profile.workspaces(),
        schema.cacheKey(),
        schema.subsystem());
  }

  private static List<EntitySchema> gateway(Profile p) {
    return List.of(
        schema(p, "consumers", text("username").once(), text("custom_id").once()),
        schema(p, "certificates", text("cert").must(), text("key").must()),
        new EntitySchema(
            p,
            "ca_certificates",
            fields(text("cert").must(), text("cert_digest").once()),
            false,
            List.of("id"),
            "core"),
        services(p),
        upstreams(p),
        routes(p),
        schema(
            p,
            "snis",
            Field.of("name", Field.Type.TEXT).must().once(),
            foreign("certificate", "certificates").must()),
        new EntitySchema(
            p,
            "targets",
            List.of(
                Field.of("id", Field.Type.UUID),
                Field.of("created_at", Field.Type.MILLISECONDS),
                text("target").must(),
                integer("weight").initially("100").between(0, 1000),
                texts("tags"),
                foreign("upstream", "upstreams").must()),
            true,
            List.of("id"),
            "core"),
        plugins(p));
  }

  private static EntitySchema services(Profile p) {
    return schema(
        p,
        "services",
        Field.of("updated_at", Field.Type.SECONDS),
        Field.of("name", Field.Type.NAME).once(),
        integer("retries").initially("5").between(0, 32767),
        text("protocol")
            .initially("\"http\"")
            .among(
                p.routeBuffering()
                    ? new String[] {"grpc", "grpcs", "http", "https", "tcp", "tls", "udp"}
                    : new String[] {"grpc", "grpcs", "http", "https", "tcp", "tls"}),
        text("host").must(),
        integer("port").initially("80").between(0, 65535),
        Field.of("path", Field.Type.TEXT),
        integer("connect_timeout").initially("60000").between(1, 2147483646),
        integer("write_timeout").initially("60000").between(1, 2147483646),
        integer("read_timeout").initially("60000").between(1, 2147483646),
        foreign("client_certificate", "certificates"),
        flag("tls_verify"),
        integer("tls_verify_depth").between(0, 64),
        texts("ca_certificates"));
  }

  private static EntitySchema upstreams(Profile p) {
    return schema(
        p,
        "upstreams",
        Field.of("name", Field.Type.TEXT).must().once(),
        text("algorithm")
            .initially("\"round-robin\"")
            .among("consistent-hashing", "least-connections", "round-robin"),
        text("hash_on").initially("\"none\"").among("none", "consumer", "ip", "header", "cookie"),
        text("hash_fallback")
            .initially("\"none\"")
            .among("none", "consumer", "ip", "header", "cookie"),
        text("hash_on_header"),
        text("hash_fallback_header"),
        text("hash_on_cookie"),
        text("hash_on_cookie_path").initially("\"/\""),
        integer("slots").initially("10000").between(10, 65536),
        Field.of("healthchecks", Field.Type.RECORD).initially(HEALTHCHECKS),
        text("host_header"),
        foreign("client_certificate", "certificates"));
  }

  private static EntitySchema routes(Profile p) {
    List<Field> fields =
        new ArrayList<>(
            fields(
                Field.of("updated_at", Field.Type.SECONDS),
                Field.of("name", Field.Type.NAME).once(),
                texts("protocols")
                    .initially("[\"http\",\"https\"]")
                    .among(
                        p.routeBuffering()
                            ? new String[] {"grpc", "grpcs", "http", "https", "tcp", "tls", "udp"}
                            : new String[] {"grpc", "grpcs", "http", "https", "tcp", "tls"}),
                texts("methods"),
                texts("hosts"),
                Field.of("paths", Field.Type.PATHS),
                Field.of("headers", Field.Type.RECORD),
                integer("https_redirect_status_code").initially("426"),
                integer("regex_priority").initially("0"),
                flag("strip_path").initially("true"),
                text("path_handling").initially("\"v0\"").among("v0", "v1"),
                flag("preserve_host").initially("false"),
                texts("snis"),
                Field.of("sources", Field.Type.RECORDS),
                Field.of("destinations", Field.Type.RECORDS),
                foreign("service", "services")));
    if (p.routeBuffering()) {
      fields.add(flag("request_buffering").initially("true"));
      fields.add(flag("response_buffering").initially("true"));
    }
    return new EntitySchema(p, "routes", List.copyOf(fields), true, List.of("id"), "core");
  }

  private static EntitySchema plugins(Profile p) {
    return new EntitySchema(
        p,
        "plugins",
        fields(
            text("name").must(),
            foreign("consumer", "consumers"),
            foreign("service", "services"),
            foreign("route", "routes"),
            Field.of("config", Field.Type.RECORD).initially("{}"),
            texts("protocols")
                .initially("[\"grpc\",\"grpcs\",\"http\",\"https\"]")
                .among("grpc", "grpcs", "http", "https", "tcp", "tls"),
            flag("enabled").initially("true")),
        true,
        List.of("name", "route", "service", "consumer"),
        "core");
  }

  private static List<EntitySchema> credentials(Profile p) {
    Field consumer = foreign("consumer", "consumers").must();
    return List.of(
        keys(p, consumer),
        basics(p, consumer),
        jwts(p, consumer),
        hmacs(p, consumer),
        credential(p, "acls", "acl", List.of("consumer", "group"), consumer, text("group").must()),
        oauths(p, consumer));
  }

  private static EntitySchema keys(Profile p, Field consumer) {
    return credential(
        p,
        "keyauth_credentials",
        "key-auth",
        List.of("key"),
        consumer,
        text("key").must().once(),
        Field.of("ttl", Field.Type.TTL));
  }

  private static EntitySchema basics(Profile p, Field consumer) {
    return credential(
        p,
        "basicauth_credentials",
        "basic-auth",
        List.of("username"),
        consumer,
        text("username").must().once(),
        text("password").must());
  }

  private static EntitySchema jwts(Profile p, Field consumer) {
    return credential(
        p,
        "jwt_secrets",
        "jwt",
        List.of("key"),
        consumer,
        text("key").once(),
        text("secret"),
        text("rsa_public_key"),
        text("algorithm")
            .initially("\"HS256\"")
            .among("HS256", "HS384", "HS512", "RS256", "RS512", "ES256"));
  }

  private static EntitySchema hmacs(Profile p, Field consumer) {
    return credential(
        p,
        "hmacauth_credentials",
        "hmac-auth",
        List.of("username"),
        consumer,
        text("username").must().once(),
        text("secret"));
  }

  private static EntitySchema oauths(Profile p, Field consumer) {
    return credential(
        p,
        "oauth2_credentials",
        "oauth2",
        List.of("client_id"),
        consumer,
        text("name").must(),
        text("client_id").once(),
        text("client_secret"),
        texts("redirect_uris"),
        flag("hash_secret").initially("false"),
        text("client_type").initially("\"confidential\"").among("confidential", "public"));
  }

  private static EntitySchema credential(
      Profile p, String name, String plugin, List<String> cacheKey, Field... own) {
    return new EntitySchema(p, name, fields(own), true, cacheKey, plugin);
  }

  private static EntitySchema schema(Profile p, String name, Field... own) {
    return new EntitySchema(p, name, fields(own), true, List.of("id"), "core");
  }

  private static List<Field> fields(Field... own) {
    List<Field> all = new ArrayList<>();
    all.add(Field.of("id", Field.Type.UUID));
    all.add(Field.of("created_at", Field.Type.SECONDS));
    all.addAll(List.of(own));
    all.add(texts("tags"));
    return List.copyOf(all);
  }
}
