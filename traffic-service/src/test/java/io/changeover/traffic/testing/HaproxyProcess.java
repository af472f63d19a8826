package io.changeover.traffic.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.RuntimeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A real HAProxy in front of upstreams, on free ports.
public final class HaproxyProcess implements AutoCloseable {

  public static final String PROXY = "kong_proxy";
  public static final String ADMIN = "kong_admin";

  private final Path folder;
  private final int frontPort = Ports.free();
  private final int adminPort = Ports.free();
  private final int runtimePort = Ports.free();
  private final int syslogPort = Ports.free();
  private final Path socket;
  private final Path configuration;
  private Process process;

  private HaproxyProcess(Path folder, List<Upstream> blue, List<Upstream> green, boolean checks)
      throws IOException {
    this.folder = folder;
    this.socket = folder.resolve("haproxy.sock");
    this.configuration = folder.resolve("haproxy.cfg");
    Files.writeString(folder.resolve("changeover-freeze.map"), "kong_admin open\n");
    Files.writeString(
        configuration,
        text(blue, green, checks)
            + "  http-request deny deny_status 403 hdr x-changeover frozen if !METH_GET"
            + " { be_name,map_str(%s,open) -m str frozen }%n"
                .formatted(folder.resolve("changeover-freeze.map")));
    this.process = launch();
  }

  /// Starts one; blue has weight 100 each, green 0. Skips the test where HAProxy is not installed,
  /// except on CI.
  public static HaproxyProcess start(
      Path folder, List<Upstream> blue, List<Upstream> green, boolean checks) throws IOException {
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(binary().isPresent(), "haproxy is not installed");
    }
    assertThat(binary()).as("haproxy on this machine").isPresent();
    return new HaproxyProcess(folder, blue, green, checks);
  }

  private static Optional<Path> binary() {
    return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(binary().orElseThrow().toString(), "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.out").toFile())
            .start();
    Eventually.until("HAProxy", () -> answers(runtimePort) && answers(frontPort));
    return started;
  }

  private static boolean answers(int port) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private String text(List<Upstream> blue, List<Upstream> green, boolean checks) {
    String check = checks ? " check inter 100ms rise 1 fall 2" : "";
    StringBuilder servers = new StringBuilder();
    StringBuilder admins = new StringBuilder();
    blue.stream()
        .filter(Upstream::proxies)
        .forEach(up -> servers.append(server(up, " weight 100" + check)));
    green.stream()
        .filter(Upstream::proxies)
        .forEach(up -> servers.append(server(up, " weight 0" + check)));
    blue.stream().filter(Upstream::administers).forEach(up -> admins.append(server(up, "")));
    green.stream()
        .filter(Upstream::administers)
        .forEach(up -> admins.append(server(up, " disabled")));
    return """
    global
      stats socket %s level admin
      stats socket ipv4@127.0.0.1:%d level admin
      log 127.0.0.1:%d format raw local0
    defaults
      mode http
      log global
      timeout connect 1s
      timeout client 30s
      timeout server 30s
      timeout http-keep-alive 30s
      retries 2
      option redispatch 1
      log-format "changeover/1 b=%%b s=%%s st=%%ST ts=%%ts ta=%%Ta tr=%%Tr tw=%%Tw tc=%%Tc rc=%%rc"
    frontend proxy
      bind 127.0.0.1:%d
      use_backend kong_admin if { path_beg /admin }
      default_backend kong_proxy
    frontend admin
      bind 127.0.0.1:%d
      default_backend kong_admin
    backend kong_proxy
      balance roundrobin
    %sbackend kong_admin
      balance roundrobin
    %s\
    """
        .formatted(socket, runtimePort, syslogPort, frontPort, adminPort, servers, admins);
  }

  private static String server(Upstream upstream, String rest) {
    return "  server %s 127.0.0.1:%d%s%n".formatted(upstream.name(), upstream.port(), rest);
  }

  /// Takes the freeze rule out of its file, and starts it anew.
  public void restartWithoutFreeze() throws IOException {
    Files.writeString(
        configuration,
        String.join(
                "\n",
                Files.readAllLines(configuration).stream()
                    .filter(line -> !line.contains("http-request deny"))
                    .toList())
            + "\n");
    restart();
  }

  /// Kills it and starts it anew from its file.
  public void restart() throws IOException {
    kill();
    process = launch();
  }

  /// Kills it.
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /// Where clients go.
  public int frontPort() {
    return frontPort;
  }

  /// Where clients of the Admin APIs go.
  public int adminPort() {
    return adminPort;
  }

  /// Where it sends its log.
  public int syslogPort() {
    return syslogPort;
  }

  /// Its Runtime API over TCP.
  public RuntimeAddress tcp() {
    return new RuntimeAddress.Tcp("127.0.0.1", runtimePort);
  }

  /// Its Runtime API over a unix socket.
  public RuntimeAddress unix() {
    return new RuntimeAddress.UnixSocket(socket);
  }

  @Override
  public void close() {
    kill();
  }
}
