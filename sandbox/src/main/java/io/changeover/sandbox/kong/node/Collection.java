package io.changeover.sandbox.kong.node;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One collection of the Admin API: the entity behind it and the field besides the id by which one
/// is named.
record Collection(String entity, @Nullable String nameField) {

  private static final Map<String, Collection> TOP =
      Map.ofEntries(
          Map.entry("services", new Collection("services", "name")),
          Map.entry("routes", new Collection("routes", "name")),
          Map.entry("consumers", new Collection("consumers", "username")),
          Map.entry("plugins", new Collection("plugins", null)),
          Map.entry("upstreams", new Collection("upstreams", "name")),
          Map.entry("certificates", new Collection("certificates", null)),
          Map.entry("ca_certificates", new Collection("ca_certificates", null)),
          Map.entry("snis", new Collection("snis", "name")),
          Map.entry("key-auths", new Collection("keyauth_credentials", "key")),
          Map.entry("basic-auths", new Collection("basicauth_credentials", "username")),
          Map.entry("hmac-auths", new Collection("hmacauth_credentials", "username")),
          Map.entry("jwts", new Collection("jwt_secrets", "key")),
          Map.entry("acls", new Collection("acls", null)),
          Map.entry("oauth2", new Collection("oauth2_credentials", "client_id")));

  private static final Map<String, String> OF_CONSUMER =
      Map.of(
          "key-auth", "key-auths",
          "basic-auth", "basic-auths",
          "hmac-auth", "hmac-auths",
          "jwt", "jwts",
          "acls", "acls",
          "oauth2", "oauth2",
          "plugins", "plugins");

  private static final Map<String, List<String>> OF_OTHERS =
      Map.of(
          "services", List.of("routes", "plugins"),
          "routes", List.of("plugins"),
          "certificates", List.of("snis"));

  /// The field of the children that leads to their parent.
  private static final Map<String, String> PARENT_FIELD =
      Map.of(
          "services", "service",
          "routes", "route",
          "consumers", "consumer",
          "certificates", "certificate",
          "upstreams", "upstream");

  /// A collection inside of one entity.
  ///
  /// @param field the foreign key that leads to the parent
  record Nested(Collection collection, String field) {}

  static @Nullable Collection top(String path) {
    return TOP.get(path);
  }

  static @Nullable Nested nested(String parent, String child) {
    String path =
        parent.equals("consumers")
            ? OF_CONSUMER.get(child)
            : OF_OTHERS.getOrDefault(parent, List.of()).contains(child) ? child : null;
    Collection collection = path == null ? null : TOP.get(path);
    String field = PARENT_FIELD.get(parent);
    return collection == null || field == null ? null : new Nested(collection, field);
  }
}
