package io.changeover.sandbox.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The same on the real HAProxy, where there is one; on CI there has to be one.
@EnabledIf("wanted")
class HaproxyRouterIT extends RouterContract {

  @TempDir Path dir;
  private @Nullable Process haproxy;

  static boolean wanted() {
    return System.getenv("CI") != null || onPath();
  }

  private static boolean onPath() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "haproxy")));
  }

  @Override
  void start(RouterPlan plan) throws Exception {
    Path file = dir.resolve("haproxy.cfg");
    Path map = Files.writeString(dir.resolve(FreezeMap.FILE), "");
    Files.writeString(file, HaproxyConfig.of(plan, map));
    ProcessBuilder builder = new ProcessBuilder("haproxy", "-db", "-f", file.toString());
    builder.environment().merge("PATH", "/usr/sbin", (a, b) -> a + File.pathSeparator + b);
    Process started =
        builder.redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile()).start();
    haproxy = started;
    for (RouterPlan.Frontend frontend : plan.frontends()) {
      awaitListening(started, frontend.bind());
    }
    awaitListening(started, plan.runtime());
  }

  private void awaitListening(Process started, InetSocketAddress address) throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    while (true) {
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        assertThat(started.isAlive()).as(Files.readString(dir.resolve("log"))).isTrue();
        assertThat(Instant.now()).isBefore(limit);
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  @Override
  void stop() throws Exception {
    Process running = haproxy;
    if (running != null) {
      running.destroy();
      running.waitFor();
    }
  }
}
