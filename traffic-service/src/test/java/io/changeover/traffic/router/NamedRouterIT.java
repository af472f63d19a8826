package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The conformance tests at a router that somebody else started, with servers `blue-1`, `blue-2`,
/// `green-1` and `green-2`: `-Dchangeover.router.runtime=tcp://127.0.0.1:9999
/// -Dchangeover.router.backend=kong_proxy -Dchangeover.router.front=http://127.0.0.1:8000/`. It
/// leaves other weights behind.
@EnabledIfSystemProperty(named = "changeover.router.runtime", matches = ".+")
class NamedRouterIT extends RouterConformance {

  @Override
  Router router() {
    URI uri = URI.create(System.getProperty("changeover.router.runtime"));
    RuntimeAddress address =
        uri.getScheme().equals("unix")
            ? new RuntimeAddress.UnixSocket(Path.of(uri.getPath()))
            : new RuntimeAddress.Tcp(uri.getHost(), uri.getPort());
    return new HaproxyRouter(address, CallLimits.DEFAULT, Clock.systemUTC());
  }

  @Override
  Router absentRouter() {
    return new HaproxyRouter(
        new RuntimeAddress.UnixSocket(Path.of("/nonexistent/router.sock")),
        CallLimits.DEFAULT,
        Clock.systemUTC());
  }

  @Override
  String backend() {
    return System.getProperty("changeover.router.backend", "kong_proxy");
  }

  @Override
  URI front() {
    return URI.create(System.getProperty("changeover.router.front", "http://127.0.0.1:8000/"));
  }

  @Override
  String adminBackend() {
    return System.getProperty("changeover.router.adminBackend", "kong_admin");
  }

  @Override
  URI adminFront() {
    return URI.create(System.getProperty("changeover.router.adminFront", "http://127.0.0.1:8001/"));
  }
}
