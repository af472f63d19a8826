package io.changeover.sandbox.seed;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// What a seeded cluster holds: everything follows from these five values, so that the seeder, the
/// load client and a test agree without talking.
///
/// Route 2k matches by path and strips it, route 2k+1 matches by host and path and keeps it. Every
/// service asks for a key. The route [#HEALTH_PATH] has no service and is answered by the node
/// itself.
///
/// @param upstream where every service leads
public record SeedPlan(
    long seed, int services, int routes, int consumers, InetSocketAddress upstream) {

  /// Answered by `request-termination` with 200; needs no key.
  public static final String HEALTH_PATH = "/health";

  /// What [#HEALTH_PATH] answers in `message`.
  public static final String HEALTH_MESSAGE = "healthy";

  /// Every this many services one leads through an upstream entity instead of a host name.
  static final int UPSTREAM_EVERY = 20;

  private static final int BASE_PATH_EVERY = 3;

  /// The size that the demo uses: 500 services, 1,000 routes, 1,000 consumers.
  public static SeedPlan standard(long seed, InetSocketAddress upstream) {
    return new SeedPlan(seed, 500, 1000, 1000, upstream);
  }

  /// A stable id for the `index`-th thing of a kind.
  public UUID id(String kind, int index) {
    return UUID.nameUUIDFromBytes(
        (seed + "/" + kind + "/" + index).getBytes(StandardCharsets.UTF_8));
  }

  String serviceName(int service) {
    return "service-%04d".formatted(service);
  }

  /// Where the service's requests arrive at the upstream; empty for the root.
  String servicePath(int service) {
    return service % BASE_PATH_EVERY == 0 ? "/base/%04d".formatted(service) : "";
  }

  boolean leadsThroughUpstream(int service) {
    return service % UPSTREAM_EVERY == 0;
  }

  String upstreamName(int service) {
    return "upstream-%04d".formatted(service);
  }

  int serviceOf(int route) {
    return route % services;
  }

  boolean byHost(int route) {
    return route % 2 == 1;
  }

  String routeHost(int route) {
    return "h%04d.example.com".formatted(route);
  }

  String routePath(int route) {
    return byHost(route) ? "/api" : "/r/%04d".formatted(route);
  }

  /// The user name of the `consumer`-th consumer.
  public String consumerName(int consumer) {
    return "consumer-%04d".formatted(consumer);
  }

  /// The API key of the `consumer`-th consumer. Made up, worth nothing.
  public String key(int consumer) {
    return "key-" + id("key", consumer).toString().replace("-", "");
  }

  /// One request that the cluster must answer with 200.
  ///
  /// @param host the Host header
  /// @param path what to ask for
  /// @param key the API key
  /// @param upstreamPath the path that must arrive at the upstream
  /// @param consumer the user name that must arrive at the upstream
  public record Call(String host, String path, String key, String upstreamPath, String consumer) {}

  /// A call over route `route` as consumer `consumer`; `rest` starts with a slash and is what
  /// follows the route's path.
  public Call call(int route, int consumer, String rest) {
    String path = routePath(route) + rest;
    String arriving = servicePath(serviceOf(route)) + (byHost(route) ? path : rest);
    return new Call(
        byHost(route) ? routeHost(route) : "proxy.example.com",
        path,
        key(consumer),
        arriving,
        consumerName(consumer));
  }
}
