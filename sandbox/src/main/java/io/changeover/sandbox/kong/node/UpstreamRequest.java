package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Request;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the upstream gets for a call: Kong's path and headers.
final class UpstreamRequest {

  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "upgrade",
          "transfer-encoding",
          "x-forwarded-for",
          "x-forwarded-proto",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-path",
          "x-forwarded-prefix",
          "x-real-ip");

  private UpstreamRequest() {}

  /// @param forwardedPath whether this version sends `X-Forwarded-Path` (2.2 does, 2.1 does not)
  static Request of(ProxyCall call, Service service, boolean forwardedPath) {
    Request request = call.request();
    String query = request.query();
    String path = path(call, service);
    return new Request(
        request.method(),
        query.isEmpty() ? path : path + "?" + query,
        headers(call, service, forwardedPath),
        request.body());
  }

  /// `path_handling` v0: the parts are joined by exactly one slash.
  static String path(ProxyCall call, Service service) {
    String path = call.request().path();
    String rest = call.route().stripPath() ? path.substring(call.matchedPath().length()) : path;
    String base =
        service.path().endsWith("/")
            ? service.path().substring(0, service.path().length() - 1)
            : service.path();
    if (rest.isEmpty()) {
      return base.isEmpty() ? "/" : base;
    }
    return rest.startsWith("/") ? base + rest : base + "/" + rest;
  }

  private static HttpHeaders headers(ProxyCall call, Service service, boolean forwardedPath) {
    Request request = call.request();
    HttpHeaders headers = new DefaultHttpHeaders();
    String host = request.headers().get("Host", "");
    headers.set("Host", call.route().preserveHost() ? host : hostOf(service));
    String before = request.headers().get("X-Forwarded-For");
    headers.set(
        "X-Forwarded-For",
        before == null ? call.clientAddress() : before + ", " + call.clientAddress());
    headers.set("X-Forwarded-Proto", "http");
    headers.set("X-Forwarded-Host", RouteTable.hostOf(request));
    headers.set("X-Forwarded-Port", call.listenPort());
    if (forwardedPath) {
      headers.set("X-Forwarded-Path", request.path());
    }
    if (call.route().stripPath() && !call.matchedPath().isEmpty()) {
      headers.set("X-Forwarded-Prefix", call.matchedPath());
    }
    headers.set("X-Real-IP", call.clientAddress());
    for (Map.Entry<String, String> header : request.headers()) {
      if (!NOT_PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.add(header.getKey(), header.getValue());
      }
    }
    headers.setAll(call.toUpstream());
    return headers;
  }

  private static String hostOf(Service service) {
    return service.port() == 80 ? service.host() : service.host() + ":" + service.port();
  }
}
