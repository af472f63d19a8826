package io.changeover.sandbox.router;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// Writes a [RouterPlan] as a configuration of HAProxy 2.6 or newer.
///
/// Weights must be changeable at run time (`balance roundrobin`). A refused connection goes to
/// another server (`redispatch`); a request that was sent is never sent again. Clients and servers
/// keep their connections.
public final class HaproxyConfig {

  /// One line per request, as the traffic-service reads it.
  public static final String LOG_FORMAT =
      "changeover/1 b=%b s=%s st=%ST ts=%ts ta=%Ta tr=%Tr tw=%Tw tc=%Tc rc=%rc";

  private HaproxyConfig() {}

  /// The text of the configuration file. Start it as `haproxy -db -f FILE`.
  public static String of(RouterPlan plan) {
    return text(plan, "");
  }

  /// The same with a rule that makes a backend read-only while the map says `frozen` for it.
  ///
  /// @param freezeMap a file called `changeover-freeze.map` that exists; it may be empty
  public static String of(RouterPlan plan, Path freezeMap) {
    String condition = "!METH_GET { be_name,map_str(%s,open) -m str frozen }".formatted(freezeMap);
    return text(
        plan, "  http-request deny deny_status 403 hdr x-changeover frozen if " + condition + "\n");
  }

  private static String text(RouterPlan plan, String rule) {
    StringBuilder text = new StringBuilder(global(plan));
    text.append(DEFAULTS);
    if (plan.syslog() != null) {
      text.append("  log global\n  option dontlognull\n");
      text.append("  log-format \"").append(LOG_FORMAT).append("\"\n");
    }
    for (RouterPlan.Frontend frontend : plan.frontends()) {
      text.append("\nfrontend ").append(frontend.name()).append('\n');
      text.append("  bind ").append(address(frontend.bind())).append('\n');
      text.append("  default_backend ").append(frontend.backend()).append('\n');
    }
    for (RouterPlan.Backend backend : plan.backends()) {
      text.append("\nbackend ").append(backend.name()).append("\n  balance roundrobin\n");
      text.append(rule);
      if (backend.checked()) {
        text.append("  default-server check inter 500ms rise 1 fall 3\n");
      }
      for (RouterPlan.Server server : backend.servers()) {
        text.append(line(server));
      }
    }
    return text.toString();
  }

  private static final String DEFAULTS =
      """

      defaults
        mode http
        timeout connect 2s
        timeout client 60s
        timeout server 60s
        timeout http-keep-alive 60s
        timeout http-request 10s
        retries 2
        option redispatch 1
        option http-keep-alive
      """;

  private static String global(RouterPlan plan) {
    return """
    global
      stats socket ipv4@%s level admin
      maxconn 4096
      nbthread 1
    """
            .formatted(address(plan.runtime()))
        + Optional.ofNullable(plan.syslog())
            .map(syslog -> "  log %s format raw local0\n".formatted(address(syslog)))
            .orElse("");
  }

  private static String line(RouterPlan.Server server) {
    return "  server %s %s weight %d%s\n"
        .formatted(
            server.name(),
            address(server.address()),
            server.weight(),
            server.disabled() ? " disabled" : "");
  }

  private static String address(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
