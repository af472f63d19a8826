package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// The router's configuration: blue has the traffic and the Admin API, green has neither yet.
final class HaproxyFile {
  private HaproxyFile() {}

  static String text(Topology place) {
    return """
    # Written by `changeover demo`.
    global
      stats socket ipv4@127.0.0.1:%d level admin
      log 127.0.0.1:%d format raw local0 info
      maxconn 4000
    defaults
      mode http
      timeout connect 5s
      timeout client 60s
      timeout server 60s
      timeout check 2s
    frontend proxy
      bind 127.0.0.1:%d
      log global
      log-format "changeover/1 b=%%b s=%%s st=%%ST ts=%%ts ta=%%Ta"
      default_backend kong_proxy
    frontend admin
      bind 127.0.0.1:%d
      default_backend kong_admin
    backend kong_proxy
      balance roundrobin
    %s%sbackend kong_admin
      balance roundrobin
      http-request deny deny_status 403 hdr x-changeover frozen if !METH_GET { be_name,map_str(%s,open) -m str frozen }
    %s%s"""
        .formatted(
            place.runtimePort(),
            place.syslogPort(),
            place.proxyPort(),
            place.adminPort(),
            servers(
                place.first(),
                NodePlace::proxies,
                NodePlace::proxy,
                "weight 100 check inter 500ms rise 1 fall 3"),
            servers(
                place.later(),
                NodePlace::proxies,
                NodePlace::proxy,
                "weight 0 check inter 500ms rise 1 fall 3"),
            freezeMap(place),
            servers(
                place.first(),
                NodePlace::administers,
                NodePlace::admin,
                closedUntilInstalled(place)),
            servers(place.later(), NodePlace::administers, NodePlace::admin, "disabled"));
  }

  /// An install ends with the opening of the Admin API, which is closed until then.
  private static String closedUntilInstalled(Topology place) {
    return place.fleets().size() == 1 ? "disabled" : "";
  }

  /// The map that the freeze of the Admin APIs is set in; it must exist when HAProxy starts.
  static Path freezeMap(Topology place) {
    return place.folder().resolve("changeover-freeze.map");
  }

  private static String servers(
      List<NodePlace> nodes,
      Predicate<NodePlace> of,
      ToIntFunction<NodePlace> port,
      String settings) {
    return nodes.stream()
        .filter(of)
        .map(
            node ->
                "  server %s 127.0.0.1:%d %s"
                    .formatted(node.name(), port.applyAsInt(node), settings)
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
