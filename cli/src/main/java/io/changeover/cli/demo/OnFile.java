package io.changeover.cli.demo;

import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.seed.DeclarativeSeed;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A declarative file that the nodes of both versions read; there is no datastore.
record OnFile(Path file) implements KongStore {
  @Override
  public Map<String, String> environment(User user) {
    return Map.of("KONG_DATABASE", "off", "KONG_DECLARATIVE_CONFIG", file.toString());
  }

  @Override
  public Map<String, String> inventoryEnvironment(User user) {
    return environment(user);
  }

  @Override
  public Inventory inventory() {
    return new Inventory(
        List.of("topology: db-less"),
        List.of("gates: [{name: confirm, before: drain-blue, deadline: 10m}]"),
        false);
  }

  @Override
  public void create() {
    // The file is made when it is filled.
  }

  @Override
  public void seed(SeedPlan plan, String version) {
    try {
      DeclarativeSeed.write(file, Profile.of(version), plan, Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Digests digests() {
    return () -> Map.of(String.valueOf(file.getFileName()), digest());
  }

  private String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to have SHA-256", e);
    }
  }
}
