package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.HaproxyProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The conformance tests at a real HAProxy, over one kind of socket.
abstract class HaproxyConformance extends RouterConformance {

  @TempDir static Path folder;

  private static Estate estate;

  @BeforeAll
  static void start() throws IOException {
    estate = Estate.start(folder);
  }

  @AfterAll
  static void stop() {
    estate.close();
  }

  abstract RuntimeAddress address(HaproxyProcess haproxy);

  abstract RuntimeAddress nowhere();

  @Override
  Router router() {
    return new HaproxyRouter(address(estate.haproxy()), CallLimits.DEFAULT, Clock.systemUTC());
  }

  @Override
  Router absentRouter() {
    return new HaproxyRouter(nowhere(), CallLimits.DEFAULT, Clock.systemUTC());
  }

  @Override
  String backend() {
    return HaproxyProcess.PROXY;
  }

  @Override
  URI front() {
    return URI.create("http://127.0.0.1:" + estate.haproxy().frontPort() + "/");
  }

  @Override
  String adminBackend() {
    return HaproxyProcess.ADMIN;
  }

  @Override
  URI adminFront() {
    return URI.create("http://127.0.0.1:" + estate.haproxy().adminPort());
  }
}
