package io.changeover.exporter.cassandra.findings;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// References and unique values of Kong 2.1 and 2.2, which Cassandra itself does not keep.
public final class KongRules {

  /// Columns that refer to the id of another table, by column.
  static final Map<String, String> REFERENCES =
      Map.of(
          "service_id", "services",
          "route_id", "routes",
          "consumer_id", "consumers",
          "upstream_id", "upstreams",
          "certificate_id", "certificates",
          "client_certificate_id", "certificates",
          "credential_id", "oauth2_credentials");

  /// Unique columns whose values have the workspace's id before them, by table.
  public static final Map<String, List<String>> PREFIXED =
      Map.ofEntries(
          Map.entry("services", List.of("name")),
          Map.entry("routes", List.of("name")),
          Map.entry("consumers", List.of("username", "custom_id")),
          Map.entry("upstreams", List.of("name")),
          Map.entry("basicauth_credentials", List.of("username")),
          Map.entry("hmacauth_credentials", List.of("username")),
          Map.entry("jwt_secrets", List.of("key")),
          Map.entry("keyauth_credentials", List.of("key")),
          Map.entry("oauth2_credentials", List.of("client_id")),
          Map.entry("oauth2_authorization_codes", List.of("code")),
          Map.entry("oauth2_tokens", List.of("access_token", "refresh_token")));

  /// Unique columns without that, by table.
  static final Map<String, List<String>> PLAIN =
      Map.of(
          "snis", List.of("name"),
          "ca_certificates", List.of("cert_digest"),
          "workspaces", List.of("name"),
          "acme_storage", List.of("key"),
          "sessions", List.of("session_id"),
          "plugins", List.of("cache_key"),
          "acls", List.of("cache_key"));

  /// Tables whose rows others refer to.
  static final Set<String> REFERRED = Set.copyOf(REFERENCES.values());

  private KongRules() {}
}
