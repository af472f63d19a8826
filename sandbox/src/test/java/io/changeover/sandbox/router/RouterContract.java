package io.changeover.sandbox.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.http.HttpListener;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the suite relies on in a router, whichever program it is.
abstract class RouterContract {

  private static final String NONE = "connection: close\r\n";

  private final EventLoops loops = EventLoops.start(1);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final InetSocketAddress proxy = free();
  private final InetSocketAddress admin = free();
  private final InetSocketAddress runtime = free();
  private HttpListener blue;
  private HttpListener green;
  private DatagramSocket syslog;

  /// Starts the router; it must listen when this returns.
  abstract void start(RouterPlan plan) throws Exception;

  /// Ends it.
  abstract void stop() throws Exception;

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePorts.next());
  }

  @BeforeEach
  void startAll() throws Exception {
    blue = server("blue");
    green = server("green");
    syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    start(plan(blue.address(), green.address()));
  }

  private RouterPlan plan(InetSocketAddress blueAddress, InetSocketAddress greenAddress) {
    RouterPlan.Backend both =
        new RouterPlan.Backend(
            RouterPlan.PROXY,
            List.of(
                new RouterPlan.Server("blue-1", blueAddress, 100, false),
                new RouterPlan.Server("green-1", greenAddress, 0, false)),
            false);
    RouterPlan.Backend fenced =
        new RouterPlan.Backend(
            RouterPlan.ADMIN,
            List.of(
                new RouterPlan.Server("blue-1", blueAddress, 100, false),
                new RouterPlan.Server("green-1", greenAddress, 100, true)),
            false);
    return new RouterPlan(
        List.of(
            new RouterPlan.Frontend("proxy", proxy, RouterPlan.PROXY),
            new RouterPlan.Frontend("admin", admin, RouterPlan.ADMIN)),
        List.of(both, fenced),
        runtime,
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), syslog.getLocalPort()));
  }

  @AfterEach
  void stopAll() throws Exception {
    stop();
    blue.close();
    green.close();
    syslog.close();
    client.close();
    loops.close();
  }

  private HttpListener server(String name) throws IOException {
    return HttpListener.open(
        loops,
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
        (request, peer) -> answer(name, request));
  }

  private static CompletableFuture<Response> answer(String name, Request request) {
    String wanted = request.path().startsWith("/status/") ? request.path().substring(8) : "200";
    return CompletableFuture.completedFuture(
        Response.of(Integer.parseInt(wanted), "text/plain", name + request.text()));
  }

  @Test
  void weights_split_requests_exactly_but_for_where_the_round_begins() throws Exception {
    command("set server kong_proxy/blue-1 weight 90");
    command("set server kong_proxy/green-1 weight 10");

    assertThat(split(200).get("green")).isBetween(19, 21);

    command("set server kong_proxy/blue-1 weight 100");
    command("set server kong_proxy/green-1 weight 100");
    assertThat(split(200).get("green")).isBetween(99, 101);
  }

  @Test
  void a_weight_of_0_gets_nothing_from_the_next_request_on() throws Exception {
    assertThat(split(20)).containsExactly(Map.entry("blue", 20));

    command("set server kong_proxy/green-1 weight 100");
    command("set server kong_proxy/blue-1 weight 0");

    assertThat(split(20)).containsExactly(Map.entry("green", 20));
    assertThat(state("kong_proxy", "blue-1"))
        .containsEntry("srv_op_state", "2")
        .containsEntry("srv_admin_state", "0")
        .containsEntry("srv_uweight", "0")
        .containsEntry("srv_iweight", "100");
  }

  @Test
  void drain_and_maint_get_nothing_and_ready_brings_the_server_back() throws Exception {
    command("set server kong_proxy/green-1 weight 100");
    command("set server kong_proxy/blue-1 state drain");
    assertThat(split(10)).containsExactly(Map.entry("green", 10));
    assertThat(state("kong_proxy", "blue-1")).containsEntry("srv_admin_state", "8");

    command("set server kong_proxy/blue-1 state maint");
    assertThat(split(10)).containsExactly(Map.entry("green", 10));
    assertThat(state("kong_proxy", "blue-1"))
        .containsEntry("srv_admin_state", "1")
        .containsEntry("srv_op_state", "0");

    command("set server kong_proxy/blue-1 state ready");
    assertThat(split(10).get("blue")).isBetween(4, 6);
    assertThat(state("kong_proxy", "blue-1")).containsEntry("srv_admin_state", "0");
  }

  @Test
  void the_admin_fence_answers_from_the_ready_side_only() throws Exception {
    assertThat(get("http://127.0.0.1:" + admin.getPort() + "/").body()).isEqualTo("blue");
    int fenced = Integer.parseInt(state("kong_admin", "green-1").get("srv_admin_state"));
    assertThat(fenced & 1).isEqualTo(1);

    command("set server kong_admin/blue-1 state maint");
    assertThat(get("http://127.0.0.1:" + admin.getPort() + "/").statusCode()).isEqualTo(503);

    command("set server kong_admin/green-1 state ready");
    assertThat(get("http://127.0.0.1:" + admin.getPort() + "/").body()).isEqualTo("green");
  }

  @Test
  void a_frozen_backend_denies_writes_by_itself_and_lets_reads_pass() throws Exception {
    String map =
        command("show map")
            .lines()
            .filter(line -> line.contains("changeover-freeze.map"))
            .map(line -> line.substring(line.indexOf('(') + 1, line.indexOf(')')))
            .findFirst()
            .orElseThrow();
    assertThat(write().statusCode()).isEqualTo(200);
    assertThat(command("set map " + map + " kong_admin frozen")).contains("entry not found.");

    assertThat(command("add map " + map + " kong_admin frozen")).isBlank();
    assertThat(command("show map " + map)).matches("0x\\S+ kong_admin frozen\\s+");
    HttpResponse<String> denied = write();
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.headers().firstValue("x-changeover")).contains("frozen");
    assertThat(get("http://127.0.0.1:" + admin.getPort() + "/").body()).isEqualTo("blue");
    assertThat(get(url("/")).body()).isEqualTo("blue");

    assertThat(command("set map " + map + " kong_admin open")).isBlank();
    assertThat(write().statusCode()).isEqualTo(200);
    assertThat(command("set map nowhere.map kong_admin open")).contains("Unknown map identifier.");
  }

  private HttpResponse<String> write() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + "/"))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString("!"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void a_refused_connection_goes_to_another_server_and_is_counted() throws Exception {
    command("set server kong_proxy/green-1 weight 100");
    green.close();

    assertThat(split(20)).containsExactly(Map.entry("blue", 20));

    Map<String, String> dead = stat("kong_proxy", "green-1");
    Map<String, String> alive = stat("kong_proxy", "blue-1");
    assertThat(number(dead, "wredis")).isPositive();
    assertThat(number(dead, "stot") + number(alive, "stot"))
        .isEqualTo(20 + number(dead, "wretr") + number(dead, "wredis"));
    assertThat(number(alive, "hrsp_2xx")).isEqualTo(20);
    assertThat(number(dead, "econ")).isZero();
  }

  @Test
  void nobody_to_connect_to_is_503() throws Exception {
    blue.close();
    assertThat(get(url("/")).statusCode()).isEqualTo(503);
    assertThat(number(stat("kong_proxy", "blue-1"), "econ")).isEqualTo(1);
  }

  @Test
  void answers_are_counted_by_class() throws Exception {
    for (String status : List.of("200", "204", "302", "404", "404", "500")) {
      get(url("/status/" + status));
    }
    Map<String, String> counted = stat("kong_proxy", "blue-1");
    assertThat(number(counted, "hrsp_2xx")).isEqualTo(2);
    assertThat(number(counted, "hrsp_3xx")).isEqualTo(1);
    assertThat(number(counted, "hrsp_4xx")).isEqualTo(2);
    assertThat(number(counted, "hrsp_5xx")).isEqualTo(1);
    assertThat(number(counted, "stot")).isEqualTo(6);
    assertThat(number(counted, "scur")).isZero();
  }

  @Test
  void a_server_that_closes_without_an_answer_is_502_and_an_eresp() throws Exception {
    stop();
    try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> closeEach(rude));
      start(
          plan(
              new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), rude.getLocalPort()),
              green.address()));

      assertThat(get(url("/")).statusCode()).isEqualTo(502);
      assertThat(number(stat("kong_proxy", "blue-1"), "eresp")).isEqualTo(1);
    }
  }

  private static void closeEach(ServerSocket rude) {
    while (!rude.isClosed()) {
      try (Socket accepted = rude.accept()) {
        int ignored = accepted.getInputStream().read(new byte[4096]);
        assertThat(ignored).isPositive();
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void each_request_is_one_log_line() throws Exception {
    syslog.setSoTimeout(30_000);
    get(url("/status/404"));

    byte[] buffer = new byte[2048];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    syslog.receive(packet);
    String line = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8).strip();
    assertThat(line)
        .matches(
            ".*changeover/1 b=kong_proxy s=blue-1 st=404 ts=-- ta=\\d+ tr=\\d+ tw=0 tc=\\d+ rc=0");
  }

  @Test
  void commands_that_make_no_sense_get_the_words_that_the_suite_knows() throws Exception {
    assertThat(command("set server kong_proxy/blue-1 weight 257"))
        .contains("Absolute weight can only be between 0 and 256 inclusive.");
    assertThat(command("set server kong_proxy/nobody weight 1")).contains("No such server.");
    assertThat(command("set server nowhere/blue-1 weight 1")).contains("No such backend.");
    assertThat(command("set server kong_proxy/blue-1 state asleep"))
        .contains("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
    assertThat(command("show stat nowhere 4 -1")).contains("No such proxy.");
    assertThat(command("show servers state nowhere")).contains("Can't find backend.");
    assertThat(command("set server kong_proxy/blue-1 weight 50%").strip()).isEmpty();
    assertThat(command("get weight kong_proxy/blue-1")).contains("50 (initial 100)");
    assertThat(command("show info")).contains("Name: ").contains("Version: ").contains("Pid: ");
  }

  @Test
  void pipelined_and_chunked_requests_are_answered_in_order() throws Exception {
    String first = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunks = "3\r\n-ab\r\n2\r\ncd\r\n0\r\n\r\n";
    String second = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n-2";
    String third = "GET /c HTTP/1.1\r\nHost: x\r\n" + NONE + "\r\n";
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write((first + chunks + second + third).getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      String answers = all.toString(StandardCharsets.US_ASCII);
      assertThat(answers).containsSubsequence("200 OK", "blue-abcd", "200 OK", "blue-2", "200 OK");
      assertThat(answers).endsWith("blue");
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + proxy.getPort() + path;
  }

  private HttpResponse<String> get(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /// How many of so many requests each server answered; all answers must be 200.
  private Map<String, Integer> split(int requests) throws Exception {
    Map<String, Integer> split = new TreeMap<>();
    for (int i = 0; i < requests; i++) {
      HttpResponse<String> answer = get(url("/"));
      assertThat(answer.statusCode()).isEqualTo(200);
      split.merge(answer.body(), 1, Integer::sum);
    }
    return split;
  }

  /// One Runtime API command, as the suite sends it: connect, one line, read to the end.
  private String command(String line) throws Exception {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), runtime.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Map<String, String> state(String backend, String server) throws Exception {
    List<String> lines = command("show servers state " + backend).lines().toList();
    assertThat(lines.getFirst()).isEqualTo("1");
    return row(lines.subList(1, lines.size()), " ", "srv_name", server);
  }

  private Map<String, String> stat(String backend, String server) throws Exception {
    return row(command("show stat " + backend + " 4 -1").lines().toList(), ",", "svname", server);
  }

  private static Map<String, String> row(
      List<String> lines, String between, String key, String value) {
    List<String> columns = new ArrayList<>(List.of(lines.getFirst().substring(2).split(between)));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(between, -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < Math.min(columns.size(), cells.length); i++) {
        row.put(columns.get(i), cells[i]);
      }
      if (value.equals(row.get(key))) {
        return row;
      }
    }
    throw new AssertionError("no " + value + " in " + lines);
  }

  private static long number(Map<String, String> row, String column) {
    String text = row.getOrDefault(column, "");
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
