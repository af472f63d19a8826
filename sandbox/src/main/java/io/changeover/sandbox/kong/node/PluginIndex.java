package io.changeover.sandbox.kong.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the row of a plugin that counts for a request: the most specific one.
final class PluginIndex {

  private final Map<String, Map<PluginRow.Scope, PluginRow>> rows = new HashMap<>();

  PluginIndex(List<PluginRow> all) {
    for (PluginRow row : all) {
      rows.computeIfAbsent(row.name(), any -> new HashMap<>()).put(row.scope(), row);
    }
  }

  Set<String> names() {
    return rows.keySet();
  }

  /// In Kong's order: consumer with route and service, with route, with service; then route with
  /// service; then consumer, route, service alone; then the global row.
  @Nullable PluginRow find(
      String name, String route, @Nullable String service, @Nullable String consumer) {
    Map<PluginRow.Scope, PluginRow> candidates = rows.get(name);
    if (candidates == null) {
      return null;
    }
    for (PluginRow.Scope scope : scopes(route, service, consumer)) {
      PluginRow row = candidates.get(scope);
      if (row != null) {
        return row;
      }
    }
    return null;
  }

  private static List<PluginRow.Scope> scopes(
      String route, @Nullable String service, @Nullable String consumer) {
    return List.of(
        new PluginRow.Scope(route, service, consumer),
        new PluginRow.Scope(route, null, consumer),
        new PluginRow.Scope(null, service, consumer),
        new PluginRow.Scope(route, service, null),
        new PluginRow.Scope(null, null, consumer),
        new PluginRow.Scope(route, null, null),
        new PluginRow.Scope(null, service, null),
        new PluginRow.Scope(null, null, null));
  }
}
