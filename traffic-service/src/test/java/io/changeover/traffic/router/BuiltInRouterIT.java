package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import io.changeover.sandbox.router.BuiltInRouter;
import io.changeover.sandbox.router.RouterPlan;
import io.changeover.traffic.testing.Ports;
import io.changeover.traffic.testing.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The sandbox's own router, which speaks the same part of the Runtime API.
class BuiltInRouterIT extends RouterConformance {

  private static final List<Upstream> BLUE =
      List.of(Upstream.start("blue-1"), Upstream.start("blue-2"));
  private static final List<Upstream> GREEN =
      List.of(Upstream.start("green-1"), Upstream.start("green-2"));

  private static BuiltInRouter builtIn;

  @BeforeAll
  static void start() throws IOException {
    List<RouterPlan.Server> servers =
        Stream.concat(BLUE.stream(), GREEN.stream())
            .map(up -> new RouterPlan.Server(up.name(), local(up.port()), 100, false))
            .toList();
    builtIn =
        BuiltInRouter.start(
            new RouterPlan(
                List.of(
                    new RouterPlan.Frontend("proxy", local(0), RouterPlan.PROXY),
                    new RouterPlan.Frontend("admin", local(0), RouterPlan.ADMIN)),
                List.of(
                    new RouterPlan.Backend(RouterPlan.PROXY, servers, false),
                    new RouterPlan.Backend(RouterPlan.ADMIN, servers, false)),
                local(0),
                null));
  }

  @AfterAll
  static void stop() {
    builtIn.close();
    BLUE.forEach(Upstream::close);
    GREEN.forEach(Upstream::close);
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  Router router() {
    return at(builtIn.runtime().getPort());
  }

  @Override
  Router absentRouter() {
    return at(Ports.free());
  }

  private static Router at(int port) {
    return new HaproxyRouter(
        new RuntimeAddress.Tcp("127.0.0.1", port), CallLimits.DEFAULT, Clock.systemUTC());
  }

  @Override
  String backend() {
    return RouterPlan.PROXY;
  }

  @Override
  URI front() {
    return URI.create("http://127.0.0.1:" + builtIn.frontend("proxy").getPort() + "/");
  }

  @Override
  String adminBackend() {
    return RouterPlan.ADMIN;
  }

  @Override
  URI adminFront() {
    return URI.create("http://127.0.0.1:" + builtIn.frontend("admin").getPort() + "/");
  }
}
