package io.changeover.sandbox.kong;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a declarative file into the database as Kong does: row by row, no transaction, no
/// deletion of what the file lacks, the first error ends it and what was written stays. Nodes that
/// run are not told.
final class DeclarativeImport {
  private final Profile profile;
  private final Entities entities;
  private final Instant now = Instant.now();

  DeclarativeImport(Profile profile, Entities entities) {
    this.profile = profile;
    this.entities = entities;
  }

  /// @throws StoreException at the first row that the database refuses
  void load(DeclarativeFile file) {
    if (profile.workspaces()) {
      entities.defaultWorkspace();
    }
    for (EntitySchema schema : profile.entities()) {
      for (Map<String, @Nullable Object> row : file.rows().getOrDefault(schema.name(), List.of())) {
        upsert(schema, written(schema, row, file.transform()));
      }
    }
  }

  private void upsert(EntitySchema schema, Map<String, @Nullable Object> row) {
    String id = String.valueOf(row.get("id"));
    // A target is always inserted, in both versions: that is why a file with targets cannot be
    // imported twice.
    if (schema.name().equals("targets") || entities.update(schema.name(), id, row) == null) {
      entities.insert(schema.name(), row);
    }
  }

  /// As observed: `updated_at` becomes now, a `ttl` is lost.
  private Map<String, @Nullable Object> written(
      EntitySchema schema, Map<String, @Nullable Object> row, boolean transform) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>(row);
    written.computeIfPresent("updated_at", (name, value) -> now.getEpochSecond());
    if (written.containsKey("ttl")) {
      written.put("ttl", null);
    }
    if (transform && schema.name().equals("basicauth_credentials")) {
      written.put("password", hashed(String.valueOf(row.get("password")), row.get("consumer")));
    }
    if (schema.name().equals("ca_certificates") && written.get("cert_digest") == null) {
      written.put("cert_digest", digest(String.valueOf(row.get("cert"))));
    }
    return written;
  }

  private static String hashed(String password, @Nullable Object consumer) {
    String salt =
        consumer instanceof Map<?, ?> reference ? String.valueOf(reference.get("id")) : "";
    return hex("SHA-1", (password + salt).getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String pem) {
    return hex(
        "SHA-256",
        java.util.Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to have " + algorithm, e);
    }
  }
}
