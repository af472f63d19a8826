package io.changeover.sandbox.kong.node;

import java.util.List;
import java.util.Map;

/// All of Kong's configuration that a proxied request needs, as it was in the database at one
/// moment. Immutable.
///
/// @param keys API key to its credential
/// @param targets upstream name to its weighted targets
record Configuration(
    RouteTable routes,
    PluginIndex plugins,
    Map<String, Credential> keys,
    Map<String, List<Target>> targets) {

  /// One active target of an upstream.
  record Target(String host, int port, int weight) {}
}
