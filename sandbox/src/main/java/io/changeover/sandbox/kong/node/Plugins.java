package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The plugins that this node applies, in Kong's order (its `PRIORITY`).
final class Plugins {

  private final List<Plugin> inOrder;

  /// @param dataPlane whether the node is one: it can't count for the cluster then
  Plugins(Replies replies, Clock clock, NodeLog log, boolean dataPlane) {
    inOrder =
        List.of(
            new KeyAuth(replies),
            new Acl(replies),
            new RateLimiting(replies, clock, log, dataPlane),
            new RequestTermination(replies),
            new CorrelationId());
  }

  /// The first answer that a plugin gives, or null if all let the call pass.
  @Nullable Response access(ProxyCall call) {
    Set<String> configured = call.configuration().plugins().names();
    for (Plugin plugin : inOrder) {
      PluginRow row = configured.contains(plugin.name()) ? call.plugin(plugin.name()) : null;
      Response answer = row == null ? null : plugin.access(call, row);
      if (answer != null) {
        return answer;
      }
    }
    return null;
  }

  /// Plugins that the configuration has and this node does not apply.
  Set<String> ignored(Configuration configuration) {
    Set<String> ignored = new TreeSet<>(configuration.plugins().names());
    inOrder.forEach(plugin -> ignored.remove(plugin.name()));
    return ignored;
  }
}
