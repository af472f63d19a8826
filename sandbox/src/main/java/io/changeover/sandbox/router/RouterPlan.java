package io.changeover.sandbox.router;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a router of the sandbox is to do, whichever program does it.
///
/// @param runtime where it answers the Runtime API
/// @param syslog where it tells of each request, by UDP; null for nowhere
public record RouterPlan(
    List<Frontend> frontends,
    List<Backend> backends,
    InetSocketAddress runtime,
    @Nullable InetSocketAddress syslog) {

  /// The backend of proxied requests.
  public static final String PROXY = "kong_proxy";

  /// The backend of the Admin API.
  public static final String ADMIN = "kong_admin";

  /// Where clients connect.
  public record Frontend(String name, InetSocketAddress bind, String backend) {}

  /// Servers that share requests by weight.
  ///
  /// @param checked whether HAProxy looks every half second if each server accepts connections; the
  ///   built-in router never does
  public record Backend(String name, List<Server> servers, boolean checked) {}

  /// One server, with the weight it has at the start; a disabled one starts in maintenance.
  public record Server(String name, InetSocketAddress address, int weight, boolean disabled) {}

  /// One node of a cluster as the router sees it.
  ///
  /// @param proxy null for a control plane
  /// @param admin null for a data plane
  public record NodeAddress(
      String name, @Nullable InetSocketAddress proxy, @Nullable InetSocketAddress admin) {}

  /// The router of a cluster before an upgrade: blue serves with weight 100 and answers the Admin
  /// API, green has weight 0 and its Admin API is in maintenance.
  public static RouterPlan blueServes(
      InetSocketAddress proxy,
      InetSocketAddress admin,
      List<NodeAddress> blue,
      List<NodeAddress> green,
      InetSocketAddress runtime,
      @Nullable InetSocketAddress syslog) {
    return new RouterPlan(
        List.of(new Frontend("proxy", proxy, PROXY), new Frontend("admin", admin, ADMIN)),
        List.of(
            new Backend(PROXY, servers(blue, green, false), true),
            new Backend(ADMIN, servers(blue, green, true), false)),
        runtime,
        syslog);
  }

  private static List<Server> servers(
      List<NodeAddress> blue, List<NodeAddress> green, boolean admin) {
    return Stream.concat(
            blue.stream().flatMap(node -> server(node, admin, 100, false)),
            green.stream().flatMap(node -> server(node, admin, admin ? 100 : 0, admin)))
        .toList();
  }

  private static Stream<Server> server(
      NodeAddress node, boolean admin, int weight, boolean disabled) {
    InetSocketAddress address = admin ? node.admin() : node.proxy();
    return address == null
        ? Stream.empty()
        : Stream.of(new Server(node.name(), address, weight, disabled));
  }
}
