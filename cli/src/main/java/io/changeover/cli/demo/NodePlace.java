package io.changeover.cli.demo;

import io.changeover.inventory.Role;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.Profile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where one node of the stand-in is.
///
/// @param prefix its folder, Kong's `--prefix`
/// @param role what it does in a hybrid cluster, and only there
/// @param settings of its own, beside where it listens
record NodePlace(
    String name,
    String version,
    int proxy,
    int admin,
    int status,
    Path prefix,
    Optional<Role> role,
    Map<String, String> settings) {
  static NodePlace choose(Path folder, String name, String version) {
    return new NodePlace(
        name,
        version,
        FreePorts.next(),
        FreePorts.next(),
        FreePorts.next(),
        folder.resolve("nodes").resolve(name),
        Optional.empty(),
        Map.of());
  }

  /// The same as one that has this role.
  NodePlace as(Role what, Map<String, String> more) {
    return new NodePlace(name, version, proxy, admin, status, prefix, Optional.of(what), settings)
        .with(more);
  }

  /// The same with these settings.
  NodePlace with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(more);
    return new NodePlace(name, version, proxy, admin, status, prefix, role, all);
  }

  /// Whether it takes traffic.
  boolean proxies() {
    return !role.equals(Optional.of(Role.CONTROL_PLANE));
  }

  /// Whether it has an Admin API.
  boolean administers() {
    return !role.equals(Optional.of(Role.DATA_PLANE));
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("KONG_PROXY_LISTEN", "127.0.0.1:" + proxy);
    environment.put("KONG_ADMIN_LISTEN", "127.0.0.1:" + admin);
    if (hasStatus()) {
      environment.put("KONG_STATUS_LISTEN", "127.0.0.1:" + status);
    }
    return environment;
  }

  /// Whether this version has a Status API.
  boolean hasStatus() {
    return Profile.of(version).statusApi();
  }

  /// What it says its version is.
  String banner() {
    return Profile.of(version).banner();
  }
}
