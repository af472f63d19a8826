package io.changeover.traffic.testing;

import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Counters;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.OperState;
import io.changeover.traffic.router.Server;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Observations made by hand.
public final class Observations {

  /// Where time begins in these tests.
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /// Two servers a side.
  public static final Sides SIDES =
      new Sides(List.of("blue-1", "blue-2"), List.of("green-1", "green-2"));

  private Observations() {}

  /// A server that is ready and up.
  public static Server server(String name, int weight) {
    return server(name, weight, AdminState.READY, OperState.UP);
  }

  /// A server in some state; blue's configured weight is 100, green's 0.
  public static Server server(String name, int weight, AdminState admin, OperState oper) {
    return new Server(
        name, weight, name.startsWith("blue") ? 100 : 0, admin, oper, true, 0, 10, Counters.ZERO);
  }

  /// The same server with other sessions.
  public static Server sessions(Server server, long sessions) {
    return new Server(
        server.name(),
        server.weight(),
        server.initialWeight(),
        server.admin(),
        server.oper(),
        server.checked(),
        sessions,
        server.averageMillis(),
        server.counters());
  }

  /// The same server with other counts.
  public static Server counted(Server server, long requests, long failures) {
    return new Server(
        server.name(),
        server.weight(),
        server.initialWeight(),
        server.admin(),
        server.oper(),
        server.checked(),
        server.sessions(),
        server.averageMillis(),
        new Counters(requests, requests, failures, 0, 0, 0));
  }

  /// A backend of these servers.
  public static Observation backend(Server... servers) {
    return at(0, "1@1", servers);
  }

  /// A backend of these servers, seconds after the start, by some process.
  public static Observation at(double seconds, String process, Server... servers) {
    return new Observation(
        START.plusMillis((long) (seconds * 1000)),
        "HAProxy 2.6",
        process,
        "kong_proxy",
        List.of(servers));
  }

  /// Two ready servers a side with these weights, blue first.
  public static Observation weights(int blue1, int blue2, int green1, int green2) {
    return backend(
        Stream.of(
                server("blue-1", blue1),
                server("blue-2", blue2),
                server("green-1", green1),
                server("green-2", green2))
            .toArray(Server[]::new));
  }
}
