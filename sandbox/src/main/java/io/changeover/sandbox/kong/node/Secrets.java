package io.changeover.sandbox.kong.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What Kong does to new credentials before it stores them: it makes up missing keys and hashes
/// basic-auth passwords with the consumer's id.
final class Secrets {

  private static final Map<String, String> MADE_UP =
      Map.of(
          "keyauth_credentials", "key",
          "jwt_secrets", "key",
          "hmacauth_credentials", "secret",
          "oauth2_credentials", "client_id");

  private Secrets() {}

  static Map<String, @Nullable Object> prepared(
      String entity, Map<String, @Nullable Object> given) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>(given);
    String field = MADE_UP.get(entity);
    if (field != null && row.get(field) == null) {
      row.put(field, random());
    }
    if (entity.equals("jwt_secrets") && row.get("secret") == null) {
      row.put("secret", random());
    }
    return hashed(entity, row, Rows.foreign(row, "consumer"));
  }

  /// A new basic-auth password becomes its hash; everything else stays.
  static Map<String, @Nullable Object> hashed(
      String entity, Map<String, @Nullable Object> given, @Nullable String consumer) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>(given);
    if (entity.equals("basicauth_credentials") && row.get("password") instanceof String password) {
      row.put("password", sha1(password + consumer));
    }
    return row;
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
