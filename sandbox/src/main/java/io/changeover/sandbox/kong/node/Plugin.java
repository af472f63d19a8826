package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import org.jspecify.annotations.Nullable;

/// What a plugin of Kong does before a request is passed on.
interface Plugin {

  /// Its name in `plugins.name`.
  String name();

  /// Passes (null) or answers in the upstream's place.
  @Nullable Response access(ProxyCall call, PluginRow row);
}
