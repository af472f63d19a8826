package io.changeover.sandbox.kong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.changeover.sandbox.embedded.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The node as a process: its files, its end, and what that costs its clients, as observed with
/// Kong.
class NodeMainIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path shared;
  static Lab lab;
  static Map<String, String> database;

  @TempDir Path prefix;
  private final int proxy = FreePorts.next();
  private final int admin = FreePorts.next();
  private Process node;

  @BeforeAll
  static void startLab() throws Exception {
    lab = new Lab(shared);
    database = lab.bootstrapped("2.1.4");
    Lab.Running first = lab.start("2.1.4", database);
    int port = lab.echo.address().getPort();
    lab.create(
        first.admin() + "/services", "{'name':'echo','url':'http://127.0.0.1:%d'}".formatted(port));
    lab.create(first.admin() + "/services/echo/routes", "{'paths':['/echo']}");
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  @BeforeEach
  void startNode() throws Exception {
    node = launch("proxy_listen = 127.0.0.1:" + proxy);
    await(() -> Files.exists(pidFile()) || !node.isAlive());
    assertThat(Files.readString(pidFile()).strip()).isEqualTo(Long.toString(node.pid()));
  }

  @AfterEach
  void killNode() throws Exception {
    node.destroyForcibly().waitFor();
  }

  private Process launch(String proxyListen) throws IOException {
    Files.createDirectories(prefix.resolve("logs"));
    Map<String, String> settings = new HashMap<>(database);
    StringBuilder env = new StringBuilder();
    settings.forEach(
        (name, value) ->
            env.append(name.substring("KONG_".length()).toLowerCase(Locale.ROOT))
                .append(" = ")
                .append(value)
                .append('\n'));
    env.append("prefix = ").append(prefix).append('\n').append(proxyListen).append('\n');
    env.append("admin_listen = 127.0.0.1:").append(admin).append('\n');
    Files.writeString(prefix.resolve(".kong_env"), env);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dchangeover.kong.version=2.1.4",
            "-cp",
            System.getProperty("java.class.path"),
            NodeMain.class.getName(),
            prefix.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("KONG_"));
    Path log = prefix.resolve("logs/error.log");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private Path pidFile() {
    return prefix.resolve("pids/nginx.pid");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(limit);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + proxy + path;
  }

  private void terminate() throws Exception {
    new ProcessBuilder("kill", "-TERM", Long.toString(node.pid())).start().waitFor();
  }

  @Test
  void sigterm_ends_it_at_once_and_takes_the_pid_file_away() throws Exception {
    assertThat(lab.get(url("/echo")).statusCode()).isEqualTo(200);
    CompletableFuture<HttpResponse<String>> slow = async("/echo?delay=20000");

    terminate();

    assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(pidFile()).doesNotExist();
    assertThat(catchThrowable(slow::join)).hasRootCauseInstanceOf(IOException.class);
    assertThat(Files.readString(prefix.resolve("logs/access.log"))).contains("GET /echo HTTP/1.1");
  }

  @Test
  void a_quit_lets_a_running_request_end_and_drops_idle_connections_without_a_word()
      throws Exception {
    long before = lab.echo.requests();
    CompletableFuture<HttpResponse<String>> slow = async("/echo?delay=5000");
    await(() -> lab.echo.requests() > before);
    try (Socket idle = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy)) {
      idle.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(answerOn(idle)).contains("200 OK").containsIgnoringCase("connection: keep-alive");

      Files.createFile(prefix.resolve("quit"));
      terminate();

      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(catchThrowable(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy).close()))
        .isInstanceOf(IOException.class);
    HttpResponse<String> ended = slow.join();
    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.headers().firstValue("connection")).contains("keep-alive");
    assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(pidFile()).doesNotExist();
    assertThat(prefix.resolve("quit")).doesNotExist();
  }

  @Test
  void a_quit_whose_file_is_taken_away_ends_at_once() throws Exception {
    long before = lab.echo.requests();
    CompletableFuture<HttpResponse<String>> slow = async("/echo?delay=50000");
    await(() -> lab.echo.requests() > before);
    Files.createFile(prefix.resolve("quit"));
    terminate();
    await(
        () ->
            catchThrowable(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy).close())
                != null);
    assertThat(node.isAlive()).isTrue();

    Files.delete(prefix.resolve("quit"));

    assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(catchThrowable(slow::join)).isNotNull();
  }

  @Test
  void a_reload_keeps_the_node_and_ends_the_open_connections() throws Exception {
    String nodeId = lab.json("http://127.0.0.1:" + admin + "/").path("node_id").asText();
    try (Socket idle = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy)) {
      idle.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(answerOn(idle)).contains("200 OK");

      Files.createFile(prefix.resolve("reload"));

      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(lab.get(url("/echo")).statusCode()).isEqualTo(200);
    assertThat(lab.json("http://127.0.0.1:" + admin + "/").path("node_id").asText())
        .isEqualTo(nodeId);
  }

  @Test
  void faults_can_be_switched_by_a_file() throws Exception {
    Files.writeString(prefix.resolve("faults.switch"), "errors=1");
    await(() -> lab.get(url("/echo")).statusCode() == 500);

    Files.delete(prefix.resolve("faults.switch"));
    await(() -> lab.get(url("/echo")).statusCode() == 200);
    assertThat(Files.readString(prefix.resolve("logs/error.log")))
        .contains("stand-in fault errors");
  }

  @Test
  void an_address_in_use_is_told_in_nginxs_words() throws Exception {
    Path running = prefix;
    prefix = running.resolve("second");
    Process second = launch("proxy_listen = 127.0.0.1:" + proxy);
    assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(Files.readString(prefix.resolve("logs/error.log")))
        .contains(
            "nginx: [emerg] bind() to 127.0.0.1:" + proxy + " failed (98: Address already in use)");
    assertThat(pidFile()).doesNotExist();
    prefix = running;
  }

  private CompletableFuture<HttpResponse<String>> async(String path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return lab.get(url(path));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /// One request on a kept connection, and its answer up to the end of the body.
  private static String answerOn(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!answer.toString(StandardCharsets.UTF_8).endsWith("}}")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      answer.write(next);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
