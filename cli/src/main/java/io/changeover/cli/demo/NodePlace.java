package io.changeover.cli.demo;

import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Path;
import java.util.Map;

/// Where one node of the stand-in is.
///
/// @param prefix its folder, Kong's `--prefix`
record NodePlace(String name, String version, int proxy, int admin, int status, Path prefix) {
  static NodePlace choose(Path folder, String name, String version) {
    return new NodePlace(
        name,
        version,
        FreePorts.next(),
        FreePorts.next(),
        FreePorts.next(),
        folder.resolve("nodes").resolve(name));
  }

  Map<String, String> environment() {
    return Map.of(
        "KONG_PROXY_LISTEN", "127.0.0.1:" + proxy,
        "KONG_ADMIN_LISTEN", "127.0.0.1:" + admin,
        "KONG_STATUS_LISTEN", "127.0.0.1:" + status);
  }
}
