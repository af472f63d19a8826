package io.changeover.planner.core;

import java.util.List;

/// All that an upgrade will do, fixed when it starts.
///
/// @param plugins to add to the plugins of the new version
/// @param acknowledgements what the sender of the request accepted, by name
public record Plan(
    List<Hop> hops, List<String> plugins, List<String> acknowledgements, Patience patience) {
  public Plan {
    hops = List.copyOf(hops);
    plugins = List.copyOf(plugins);
    acknowledgements = List.copyOf(acknowledgements);
  }

  /// The version that serves before.
  public String fromVersion() {
    return hops.getFirst().fromVersion();
  }

  /// The version that serves after.
  public String toVersion() {
    return hops.getLast().toVersion();
  }
}
