package io.changeover.sandbox.kong.node;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The shorthand `url` of services: protocol, host, port and path in one field.
final class ServiceUrl {

  private ServiceUrl() {}

  static void spread(String url, Map<String, @Nullable Object> fields) {
    URI uri = URI.create(url);
    fields.put("protocol", uri.getScheme());
    fields.put("host", uri.getHost());
    int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    fields.put("port", port);
    fields.put("path", uri.getPath().isEmpty() ? null : uri.getPath());
  }
}
