package io.changeover.sandbox.kong.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One enabled row of `plugins` with where it applies.
record PluginRow(String id, String name, Scope scope, Map<String, @Nullable Object> config) {

  /// Where a plugin row applies; a null matches everything.
  record Scope(@Nullable String route, @Nullable String service, @Nullable String consumer) {}
}
